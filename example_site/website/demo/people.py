"""Who may come into the admin."""

from __future__ import annotations

import os
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

DEMO_PASSWORD = "consent-demo"  # noqa: S105


class Login(NamedTuple):
    name: str
    password: str


def admin_login() -> Login:
    return Login(
        os.environ.get("EXAMPLE_ADMIN") or "admin",
        os.environ.get("EXAMPLE_PASSWORD") or DEMO_PASSWORD,
    )


def load_people() -> None:
    """Makes an admin and an editor; leaves them alone if they are there."""
    User = get_user_model()
    name, password = admin_login()
    if not User.objects.filter(username=name).exists():
        User.objects.create_superuser(name, f"{name}@lohwald.example", password)
    if not User.objects.filter(username="editor").exists():
        editor = User.objects.create_user("editor", "editor@lohwald.example", password)
        editor.groups.add(Group.objects.get(name="Editors"))
