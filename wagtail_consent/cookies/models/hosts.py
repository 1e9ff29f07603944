"""How hosts are written down: names, at most with a star for their sub-domains."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*"
# A star above a single label would be a whole top-level domain.
_HOST = re.compile(rf"(?:{_NAME}|\*\.{_LABEL}(?:\.{_LABEL})+)(?::\d{{1,5}})?")
_DOMAIN = re.compile(rf"\.?{_NAME}")


def validate_hosts(value: str) -> None:
    """Demands one host a line.

    Raises:
        ValidationError: a line is something else; it is quoted.
    """
    for line in filter(None, map(str.strip, value.splitlines())):
        if not _HOST.fullmatch(line):
            raise ValidationError(
                _(
                    "“%(line)s” is no host. Please write names alone, one a line, "
                    "such as www.example.com or *.example.com."
                ),
                params={"line": line},
                code="host",
            )


def validate_domain(value: str) -> None:
    """Demands a cookie's domain, with or without the leading dot.

    Raises:
        ValidationError: it is something else.
    """
    if not _DOMAIN.fullmatch(value):
        raise ValidationError(
            _("Please write a domain alone, such as example.com."), code="domain"
        )
