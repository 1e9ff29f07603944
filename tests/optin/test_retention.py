"""What is kept goes when its time is over, or when the person says so."""

from datetime import timedelta

from django.utils import timezone

from tests import factories
from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent import maintenance, registry, retention
from wagtail_consent.addresses import parse
from wagtail_consent.mailing.models import Message
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.models import Confirmation, Download, Submission

DAY = timedelta(days=1)
ANN = parse("ann@example.org")


def aged(days: int, **changes) -> None:
    before = timezone.now() - days * DAY
    Submission.objects.update(created_at=before, **changes)


def test_forms_that_nobody_confirmed_are_deleted(world: World) -> None:
    world.sign_up()
    aged(31, expires_at=timezone.now() - 24 * DAY)
    assert retention.run(timezone.now())["optin.submissions"] == 1
    assert not Submission.objects.exists()
    assert worlds.deliver() == []
    assert Message.objects.get().status == "cancelled"


def test_the_mails_of_a_deleted_form_forget_their_address(world: World) -> None:
    world.sign_up()
    worlds.deliver()
    aged(31, expires_at=timezone.now() - DAY)
    retention.run(timezone.now())
    assert Message.objects.get().recipient == ""
    assert "ann@example.org" not in str(worlds.photograph())


def test_what_still_waits_stays(world: World) -> None:
    world.sign_up()
    aged(29, expires_at=timezone.now() - 22 * DAY)
    assert retention.run(timezone.now())["optin.submissions"] == 0
    aged(40, expires_at=timezone.now() + DAY)
    assert retention.run(timezone.now())["optin.submissions"] == 0


def test_the_days_are_the_settings(world: World, settings) -> None:
    settings.WAGTAIL_CONSENT = settings.WAGTAIL_CONSENT | {"UNCONFIRMED_DAYS": 2}
    world.sign_up()
    aged(3, expires_at=timezone.now() - DAY)
    retention.run(timezone.now())
    assert not Submission.objects.exists()


def test_leads_stay(world: World) -> None:
    world.confirmed()
    aged(4000, expires_at=timezone.now() - 3000 * DAY)
    retention.run(timezone.now())
    assert Confirmation.objects.count() == 1


def test_downloads_that_are_over_are_deleted_later(world: World) -> None:
    world.confirmed()
    path = links.path("download", Download.objects.get().uuid)
    Download.objects.update(expires_at=timezone.now() - 29 * DAY)
    retention.run(timezone.now())
    assert world.client.get(path).status_code == 410
    Download.objects.update(expires_at=timezone.now() - 31 * DAY)
    assert retention.run(timezone.now())["optin.downloads"] == 1
    assert world.client.get(path).status_code == 410
    assert Confirmation.objects.count() == 1


def test_many_are_deleted_in_batches(world: World, django_assert_max_num_queries):
    world.sign_up()
    given = Submission.objects.values("controller_id", "form_id", "site_url").get()
    rows = [
        Submission(**given, email="x", digest=str(n), expires_at=timezone.now())
        for n in range(1200)
    ]
    Submission.objects.bulk_create(rows)
    aged(99, expires_at=timezone.now() - DAY)
    with django_assert_max_num_queries(60):
        assert retention.run(timezone.now())["optin.submissions"] == 1201


def test_maintenance_does_it(world: World) -> None:
    world.sign_up()
    aged(31, expires_at=timezone.now() - DAY)
    outcomes = maintenance.run_all()
    assert not [outcome for outcome in outcomes if outcome.error]
    assert not Submission.objects.exists()


# What a person may ask for.


def source() -> registry.PersonalDataSource:
    return next(s for s in registry.sources() if "optin" in s.name)


def test_forms_are_found_under_any_spelling(world: World) -> None:
    world.confirmed("Ann@Example.org")
    world.sign_up("bob@example.org")
    assert source().find(ANN) == 1
    assert source().find(parse("carol@example.org")) == 0
    other = factories.controller()
    assert source().find(ANN, other) == 0
    assert source().find(ANN, world.controller) == 1


def test_forms_are_exported_as_they_were_asked(world: World) -> None:
    world.confirmed(name="Ann")
    [told] = source().export(ANN)
    assert told["email"] == "ann@example.org"
    assert told["answers"]["Name"] == "Ann"
    assert told["consents"][0]["purpose"] == "newsletter"
    assert told["download"] == "Old walls"
    assert told["confirmed"]


def test_a_waiting_form_is_exported_too(world: World) -> None:
    world.sign_up()
    [told] = source().export(ANN)
    assert told["confirmed"] is None


def test_an_erasure_says_what_it_will_take(world: World) -> None:
    submission = world.confirmed()
    [item] = source().preview(ANN)
    assert submission.reference in item.label
    assert "@" not in item.label + item.detail


def test_an_erasure_takes_forms_leads_and_downloads(world: World) -> None:
    world.confirmed()
    world.sign_up()
    bob = world.sign_up("bob@example.org")
    assert source().erase(ANN).removed == 4
    assert Submission.objects.get() == bob
    assert not Confirmation.objects.exists() and not Download.objects.exists()
    assert source().erase(ANN).removed == 0


def test_every_source_together_leaves_no_trace_of_the_address(world: World) -> None:
    world.confirmed(name="Ann Example")
    worlds.deliver()
    for each in reversed(registry.sources()):
        each.erase(ANN)
    rows = str(worlds.photograph()).lower()
    assert "ann@example.org" not in rows
    assert "ann example" not in rows
