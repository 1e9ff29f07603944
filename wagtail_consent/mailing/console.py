"""A mail backend for development: prints a mail as its reader would see it.

Django's own prints what goes over the wire, where long links are cut into lines, so
that they can't be copied.
"""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    def write_message(self, message: EmailMessage) -> None:
        """Writes whom it is for, the subject and the text."""
        head = f"To: {', '.join(message.to)}\nSubject: {message.subject}"
        self.stream.write(f"{head}\n\n{message.body}\n{'-' * 79}\n")
