from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from website import demo
from website.demo.people import admin_login


class Command(BaseCommand):
    help = "Loads the demo's pages, forms, texts and users; changes nothing twice."
    # They would ask for what this command is about to load.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            demo.load()
        name, password = admin_login()
        self.stdout.write(f"The demo is loaded. Admin: {name}, password: {password}")
