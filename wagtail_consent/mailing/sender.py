"""What receivers will find when they check our sender: SPF, DKIM, DMARC.

The look-ups go out on request alone, never while a page is shown or a check runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import dns.exception
import dns.resolver
from django.utils.translation import gettext as _

SECONDS = 5

Texts = Callable[[str], list[str]]


class State(str, Enum):
    GOOD = "good"
    WEAK = "weak"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One record: where it was looked for, what it says, what to do about it."""

    name: str
    host: str
    state: State
    advice: str
    record: str = ""


class LookUpFailed(Exception):
    """The name servers didn't answer, so that nothing is known."""


def resolver() -> dns.resolver.Resolver:
    return dns.resolver.Resolver()


def texts(host: str) -> list[str]:
    """Returns the TXT records of a host.

    Raises:
        LookUpFailed: no name server answered.
    """
    try:
        answer = resolver().resolve(host, "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise LookUpFailed(type(error).__name__) from None
    return [b"".join(row.strings).decode(errors="replace") for row in answer]


def look_up(domain: str, selector: str = "", ask: Texts = texts) -> list[Finding]:
    """Returns what the name servers say of a sender's domain.

    Args:
        selector: the name of the DKIM key, which only the mail service knows; without
            one, that record is not looked for.
        ask: returns the TXT records of a host.
    """
    findings = [_asked(_spf, "SPF", domain, ask)]
    if selector:
        host = f"{selector}._domainkey.{domain}"
        findings.append(_asked(_dkim, "DKIM", host, ask))
    return [*findings, _dmarc_of(domain, ask)]


def _asked(
    judge: Callable[[str, list[str]], Finding], name: str, host: str, ask: Texts
) -> Finding:
    try:
        return judge(host, ask(host))
    except LookUpFailed:
        advice = _("The name servers gave no answer. Please try again later.")
        return Finding(name, host, State.UNKNOWN, advice)


def _spf(host: str, found: list[str]) -> Finding:
    """RFC 7208."""
    records = [text for text in found if text.split(" ")[0].lower() == "v=spf1"]
    if not records:
        advice = _("Publish a record that names the mail servers you send with.")
        return Finding("SPF", host, State.MISSING, advice)
    if len(records) > 1:
        advice = _("There is more than one record, so that none of them counts.")
        return Finding("SPF", host, State.WEAK, advice, " / ".join(records))
    if records[0].lower().split()[-1] in {"+all", "all"}:
        advice = _("It allows every server in the world. End it with -all or ~all.")
        return Finding("SPF", host, State.WEAK, advice, records[0])
    return Finding("SPF", host, State.GOOD, "", records[0])


def _dkim(host: str, found: list[str]) -> Finding:
    """RFC 6376. An empty key is one that was withdrawn."""
    keys = [text for text in found if _tags(text).get("p")]
    if not keys:
        advice = _("There is no key of this name. Ask your mail service for it.")
        return Finding("DKIM", host, State.MISSING, advice)
    return Finding("DKIM", host, State.GOOD, "", keys[0])


def _dmarc_of(domain: str, ask: Texts) -> Finding:
    """RFC 7489 section 6.6.3: the domain's own record, or that of one above it."""
    finding = _asked(_dmarc, "DMARC", f"_dmarc.{domain}", ask)
    above = domain.partition(".")[2]
    if finding.state != State.MISSING or "." not in above:
        return finding
    inherited = _asked(_dmarc, "DMARC", f"_dmarc.{above}", ask)
    return finding if inherited.state == State.MISSING else inherited


def _dmarc(host: str, found: list[str]) -> Finding:
    records = [text for text in found if _tags(text).get("v", "").upper() == "DMARC1"]
    if not records:
        advice = _("Publish a record: the large mailbox providers ask for one.")
        return Finding("DMARC", host, State.MISSING, advice)
    if _tags(records[0]).get("p", "none").lower() == "none":
        advice = _("It only watches. Tell receivers to refuse or to mark forged mail.")
        return Finding("DMARC", host, State.WEAK, advice, records[0])
    return Finding("DMARC", host, State.GOOD, "", records[0])


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip(): value.strip() for name, _eq, value in pairs if name.strip()}
