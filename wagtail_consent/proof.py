"""What shows that a person acted."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a person acted. Values, no keys: the proof outlives the page."""

    site: str = ""
    page: int | None = None
    url: str = ""
    title: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a person acted (GDPR Art. 7(1)).

    Attributes:
        notice: SHA-256 of the statement that they read.
        form: SHA-256 of the form that they filled in.
        mail: SHA-256 of the text of the mail that asked them to confirm.
        message_id: that mail's Message-ID.
        data: what else there is to keep, as JSON.
    """

    source: Source = Source()
    notice: str = ""
    form: str = ""
    mail: str = ""
    message_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        values = asdict(self)
        del values["notice"]
        return {name: value for name, value in values.items() if value}
