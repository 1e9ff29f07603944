"""An e-mail backend that keeps each mail as an ``.eml`` file."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def __init__(self, folder: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder or settings.MAILBOX_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self.deliver(message.message().as_bytes())
        return len(email_messages)

    def deliver(self, content: bytes) -> None:
        """Writes aside, then renames: a reader never meets half a mail."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
        draft = self.folder / f"{name}.part"
        draft.write_bytes(content)
        draft.rename(self.folder / f"{name}.eml")
