from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail_consent import maintenance


class Command(BaseCommand):
    help = (
        "Finish what lost tasks left: send mails that are due, seal the ledger, delete "
        "what is due for deletion. Run it every few minutes. Exits with 1 if a job "
        "failed; the others run nevertheless."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only",
            action="append",
            choices=maintenance.names(),
            help="Run this job alone; may be repeated.",
        )

    def handle(self, *, only: list[str] | None, **options: Any) -> None:
        failed = []
        for outcome in maintenance.run(only):
            if outcome.error:
                failed.append(outcome.name)
            else:
                self.stdout.write(f"{outcome.name}: {outcome.count}")
        if failed:
            names = ", ".join(failed)
            raise CommandError(_("These jobs failed: %(names)s.") % {"names": names})
