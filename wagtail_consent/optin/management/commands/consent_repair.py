from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from wagtail_consent.optin.models import FormPlacement
from wagtail_consent.optin.publishing import publish, strays
from wagtail_consent.optin.publishing.place import page_model


class Command(BaseCommand):
    help = (
        "Places the lead forms of all live pages anew, those that went live without "
        "being published included, and lists what stays closed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.remove_leftovers()
        placed = [one for page in strays.live_pages() for one in publish.place(page)]
        closed = [one for one in placed if one.problem]
        for one in closed:
            problem = one.problem.replace("\n", " ")
            self.stdout.write(f"{one.page_id}\t{one.page_title}\t{problem}")
        self.stdout.write(f"{len(placed)} forms, {len(closed)} of them closed.")

    def remove_leftovers(self) -> None:
        """Pages that were deleted past our signal."""
        pages = page_model().objects.values("pk")
        FormPlacement.objects.exclude(page_id__in=pages).delete()
