"""Makes a database: an English site with a lead form, and all its contacts."""

from __future__ import annotations

import json
import os
import sys


def main(count: int) -> None:
    from django.core.management import call_command

    from benchmarks import bulk
    from benchmarks.population import Crowd
    from wagtail_consent import journal

    call_command("migrate", run_syncdb=True, verbosity=0)
    crowd = Crowd(publish())
    bulk.hurry()
    models: set[type] = set()
    for rows in crowd.chunks(count):
        models |= rows.keys()
        bulk.write(rows)
        journal.write(crowd.lines)
    bulk.settle(sorted(models, key=lambda model: model._meta.label))


def publish() -> object:
    """Publishes two pages, with and without a form, and returns what rows need."""
    from django.utils import timezone

    from benchmarks.population import World
    from tests.optin import stage as stages
    from wagtail_consent.mailing import letters
    from wagtail_consent.optin.models import FormPlacement

    stage = stages.build()
    stage.purpose.warning_age, stage.purpose.lapse_age = 700, 900
    stage.purpose.save()
    stage.page([paragraph()], title="Plain", slug="plain")
    page = stage.page([paragraph(), form(stage)], title="The guide", slug="guide")
    placement = FormPlacement.objects.select_related("form").get(page_id=page.pk)
    assert placement.form, placement.problem
    letter = letters.published("optin.confirm", None, "en")
    return World(timezone.now(), stage.controller, stage.purpose, placement, letter)


def paragraph() -> dict[str, str]:
    return {"type": "paragraph", "value": "<p>Old houses, and how to warm them.</p>"}


def form(stage: object) -> dict[str, object]:
    from tests.optin.stage import questions

    value = stage.guide(
        fields=questions(
            ("singleline", {"label": "Name", "autocomplete": "name"}),
            ("company", {"label": "Company", "required": True}),
        )
    )
    return {"type": "lead_form", "value": value}


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    main(int(sys.argv[1]))
    print(json.dumps({"contacts": int(sys.argv[1])}))
