from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_consent import verify


class Command(BaseCommand):
    help = (
        "Verify the ledger of consent: name every event that was changed, inserted or "
        "removed. Exits with 1 if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=100, help="Findings to print (default: 100)."
        )

    def handle(self, *, limit: int, **options: Any) -> None:
        counts: Counter[str] = Counter()
        try:
            for finding in verify.findings():
                counts[finding.kind.value] += 1
                if counts.total() <= limit:
                    self.stdout.write(str(finding))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self._conclude(counts)

    def _conclude(self, counts: Counter[str]) -> None:
        if not counts:
            self.stdout.write(self.style.SUCCESS(_("The ledger is intact.")))
            return
        kinds = ", ".join(f"{kind}: {count}" for kind, count in counts.items())
        message = ngettext("%(count)d finding", "%(count)d findings", counts.total())
        raise CommandError(f"{message % {'count': counts.total()}} ({kinds})")
