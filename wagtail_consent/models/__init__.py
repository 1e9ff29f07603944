from .consent import (
    Consent,
    ConsentEvent,
    EventKind,
    EventPayload,
    Status,
    UnsealedEvent,
)
from .contact import Contact
from .controller import Controller
from .immutable import ImmutableRow
from .notice import Notice, NoticeKind
from .processor import Processor, Role, Safeguard
from .purpose import Channel, LawfulBasis, Purpose, Wording
from .site_settings import ConsentSettings
from .suppression import Origin, Suppression, SuppressionReason

__all__ = [
    "Channel",
    "Consent",
    "ConsentEvent",
    "ConsentSettings",
    "Contact",
    "Controller",
    "EventKind",
    "EventPayload",
    "ImmutableRow",
    "LawfulBasis",
    "Notice",
    "NoticeKind",
    "Origin",
    "Processor",
    "Purpose",
    "Role",
    "Safeguard",
    "Status",
    "Suppression",
    "SuppressionReason",
    "UnsealedEvent",
    "Wording",
]
