"""Leads in the admin: who may see them, what proves them, and as a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry, Site

from tests import factories
from tests.optin import world as worlds
from tests.optin.stage import home_page
from tests.optin.world import World
from tests.testapp.models import ArticlePage
from wagtail_consent.mailing.models import Message
from wagtail_consent.optin.admin import spreadsheet
from wagtail_consent.optin.confirmation import links
from wagtail_consent.optin.models import Confirmation, FormPlacement

INDEX = "/admin/consent/leads/"
EXPORT = INDEX + "?export=csv"


def inspect(lead: Confirmation) -> str:
    return reverse("consent_leads:inspect", args=[lead.pk])


def is_refused(client: Client, path: str) -> bool:
    """Sent to the start page, or told that there is no such thing."""
    response = client.get(path, follow=True)
    return response.status_code == 404 or response.request["PATH_INFO"] == "/admin/"


def test_leads_are_listed(world: World, staff: Any) -> None:
    world.confirmed()
    page = staff("view_confirmation").get(INDEX)
    assert page.status_code == 200
    assert b"ann@example.org" in page.content


@pytest.mark.parametrize("codenames", [[], ["export_confirmation"]])
def test_each_verb_has_its_permission(world: World, staff: Any, codenames: Any):
    world.confirmed()
    client = staff(*codenames)
    assert is_refused(client, INDEX)
    assert is_refused(client, inspect(worlds.lead()))


def test_seeing_is_not_exporting(world: World, staff: Any) -> None:
    world.confirmed()
    client = staff("view_confirmation")
    assert is_refused(client, EXPORT)
    assert b"export=csv" not in client.get(INDEX).content


def test_nobody_adds_changes_or_deletes_a_lead(world: World, admin_client: Client):
    world.confirmed()
    pk = worlds.lead().pk
    for path in ("new/", f"edit/{pk}/", f"delete/{pk}/", f"copy/{pk}/"):
        assert is_refused(admin_client, INDEX + path)
    assert admin_client.get(INDEX).status_code == 200


def test_a_lead_is_found_by_its_address(world: World, admin_client: Client) -> None:
    world.confirmed("ann@example.org")
    world.confirmed("bob@bücher.example")
    for query in ("BOB@xn--bcher-kva.example", "bob@bücher.example"):
        page = admin_client.get(INDEX, {"q": query}).content.decode()
        assert "bob@" in page.split("<main", 1)[1]
        assert "ann@example.org" not in page
    assert b"ann@" not in admin_client.get(INDEX, {"q": "example.org"}).content
    assert admin_client.get(INDEX, {"q": "@"}).status_code == 200


def test_a_lead_is_found_by_its_contacts_reference(
    world: World, admin_client: Client
) -> None:
    world.confirmed()
    reference = worlds.lead().contact.reference
    assert b"ann@" in admin_client.get(INDEX, {"q": reference.lower()}).content


def test_promise_24_the_list_costs_the_same_for_many(
    world: World, admin_client: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(INDEX)
        return len(captured)

    world.confirmed("a1@example.org")
    queries()
    one = queries()
    for number in range(5):
        world.confirmed(f"b{number}@example.org")
    assert queries() == one


# The proof.


def test_the_proof_shows_all_that_happened(world: World, admin_client: Client) -> None:
    world.confirmed(name="Ann Example")
    page = admin_client.get(inspect(worlds.lead())).content.decode()
    message = Message.objects.get(kind="optin.confirm")
    for fact in (
        "Ann Example",
        "The guide",
        "Send me the guide",
        "garden",
        world.form.digest,
        world.statement.digest,
        message.message_id.replace("<", "&lt;").replace(">", "&gt;"),
        message.notice.digest,
        "Subject of optin.confirm",
        world.site.root_url,
        "by the mailed link",
    ):
        assert fact in page, fact


def test_the_proof_tells_a_box_that_was_not_ticked(
    world: World, admin_client: Client
) -> None:
    world.confirmed(tick=False)
    page = admin_client.get(inspect(worlds.lead())).content.decode()
    assert "Not ticked" in page


def on_a_page(world: World, language: str = "de") -> ArticlePage:
    locale = factories.locale(language)
    page = ArticlePage(title="Der Leitfaden", slug="leitfaden", locale=locale)
    _site, home = home_page()
    home.add_child(instance=page)
    world.uses(language=language)
    return page


def test_promise_10_the_proof_outlives_page_form_language_and_site(
    world: World, admin_client: Client
) -> None:
    page = on_a_page(world)
    url = page.full_url
    site = Site.objects.create(hostname="other.example", root_page=page.get_parent())
    world.confirmed(reference=world.word(page=page.pk, site=site.pk))
    page.delete()
    site.delete()
    world.purpose.wordings.all().delete()
    FormPlacement.objects.all().delete()
    Locale.objects.filter(language_code="de").delete()
    world.document.delete()
    shown = admin_client.get(inspect(worlds.lead())).content.decode()
    for fact in ("Der Leitfaden", url, "http://other.example", world.form.digest):
        assert fact in shown
    done = links.path("done", worlds.lead().submission.uuid)
    assert world.client.get(done).status_code == 200


def test_promise_7_the_proof_outlives_the_message(
    world: World, admin_client: Client
) -> None:
    world.confirmed()
    message = Message.objects.get(kind="optin.confirm")
    Message.objects.all().delete()
    page = admin_client.get(inspect(worlds.lead())).content.decode()
    assert message.message_id.strip("<>") in page
    assert "Subject of optin.confirm" in page


def test_answers_are_text_in_the_admin(world: World, admin_client: Client) -> None:
    world.confirmed(name="<script>alert(1)</script>")
    for path in (INDEX, inspect(worlds.lead())):
        assert b"<script>alert(1)" not in admin_client.get(path).content


def test_a_contacts_page_leads_to_its_leads(world: World, admin_client: Client) -> None:
    world.confirmed()
    lead = worlds.lead()
    path = reverse("consent_contacts:inspect", args=[lead.contact_id])
    assert inspect(lead) in admin_client.get(path).content.decode()


def test_promise_21_the_audit_log_names_nobody(world: World, admin_client) -> None:
    world.confirmed()
    admin_client.get(inspect(worlds.lead()))
    b"".join(admin_client.get(EXPORT).streaming_content)
    labels = ModelLogEntry.objects.values_list("label", flat=True)
    assert "ann" not in " ".join(labels)
    assert "@" not in str(worlds.lead()) + str(worlds.lead().contact)


# CSV.


def rows(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_leads_leave_as_csv(world: World, staff: Any) -> None:
    world.confirmed(name="Ann", words='a\nb; "c"')
    response = staff("view_confirmation", "export_confirmation").get(EXPORT)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    head, line = rows(response)
    lead = dict(zip(head, line, strict=True))
    assert lead["E-mail address"] == "ann@example.org"
    assert lead["Consents"] == "newsletter"
    assert lead["Name"] == "Ann"
    assert lead["What else?"] == 'a\nb; "c"'


def test_the_filter_holds_for_the_spreadsheet(world: World, admin_client) -> None:
    world.confirmed("ann@example.org")
    world.confirmed("bob@example.org")
    response = admin_client.get(EXPORT, {"export": "csv", "q": "bob@example.org"})
    assert [line[1] for line in rows(response)[1:]] == ["bob@example.org"]


def test_forms_of_several_questions_share_a_table(world: World, admin_client) -> None:
    world.confirmed("ann@example.org", name="Ann")
    field = worlds.question("city", "singleline", "City")
    world.uses(fields=[worlds.definition_of(world)["fields"][0], field])
    world.confirmed("bob@example.org", city="Oldtown")
    head, bob, ann = rows(admin_client.get(EXPORT))
    assert bob[head.index("City")] == "Oldtown" and ann[head.index("City")] == ""
    assert ann[head.index("Name")] == "Ann" and bob[head.index("Name")] == ""


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "\r=1",
        "＝1",
        '=HYPERLINK("http://x")',
    ],
)
def test_a_formula_stays_text(cell: str) -> None:
    assert spreadsheet.safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", None, "Ann", "1-2", "a=b", 5])
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert spreadsheet.safe(cell) == ("" if cell is None else str(cell))


def test_a_formula_that_a_visitor_typed_leaves_as_text(world: World, admin_client):
    world.confirmed("=cmd@example.org", name="=1+1")
    head, line = rows(admin_client.get(EXPORT))
    assert line[head.index("Name")] == "'=1+1"
    assert line[head.index("E-mail address")] == "'=cmd@example.org"


def test_a_formula_in_a_question_leaves_as_text(world: World, admin_client) -> None:
    field = worlds.question("f", "singleline", "=A1")
    world.uses(fields=[worlds.definition_of(world)["fields"][0], field])
    world.confirmed()
    assert "'=A1" in rows(admin_client.get(EXPORT))[0]


def test_the_spreadsheet_is_written_line_by_line(world: World) -> None:
    for number in range(6):
        world.confirmed(f"a{number}@example.org")
    leads = Confirmation.objects.select_related("submission__form", "contact")
    with CaptureQueriesContext(connection) as queries:
        lines = spreadsheet.lines(leads)
        next(lines)
        next(lines)
    assert len(queries) <= 3


# Colleagues hear of it, by a link alone.


def test_colleagues_get_a_link_and_nothing_of_the_person(
    world: World, admin_client: Client
) -> None:
    FormPlacement.objects.create(
        page_id=7,
        block_id="b1",
        source="ab",
        form=world.form,
        notify="sales@example.com, boss@example.com",
    )
    world.confirmed(reference=world.word(page=7), name="Ann Example")
    told = [m for m in worlds.deliver() if "example.com" in m.to[0]]
    assert sorted(m.to[0] for m in told) == ["boss@example.com", "sales@example.com"]
    for message in told:
        raw = message.message().as_string() + message.body
        assert "ann@example.org" not in raw
        assert "Ann Example" not in raw
        assert inspect(worlds.lead()) in message.body
    assert admin_client.get(inspect(worlds.lead())).status_code == 200


def test_colleagues_hear_nothing_before_the_confirmation(world: World) -> None:
    FormPlacement.objects.create(
        page_id=7, block_id="b1", source="ab", form=world.form, notify="s@example.com"
    )
    world.sign_up(reference=world.word(page=7))
    worlds.deliver()
    assert "s@example.com" not in [m.to[0] for m in mail.outbox]
