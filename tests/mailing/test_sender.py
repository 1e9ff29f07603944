"""What receivers look up of the sender, asked of a real name server on loopback."""

import socketserver
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from wagtail_consent.mailing import sender
from wagtail_consent.mailing.sender import State

DOMAIN = "garden.example"
SPF = "v=spf1 include:mail.example -all"
DMARC = "v=DMARC1; p=reject"
KEY = "v=DKIM1; k=rsa; p=MIIBIjANBg"


class NameServer(socketserver.ThreadingUDPServer):
    """Answers TXT questions with `records`; other names don't exist."""

    daemon_threads = True
    records: dict[str, list[str]]

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, connection = self.request
            question = dns.message.from_wire(packet)
            answer = dns.message.make_response(question)
            name = question.question[0].name
            records = self.server.records.get(name.to_text(omit_final_dot=True))
            if records is None:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            for text in records or []:
                quoted = " ".join(f'"{part}"' for part in _parts(text))
                answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", quoted))
            connection.sendto(answer.to_wire(), self.client_address)


def _parts(text: str) -> list[str]:
    """A record's strings hold 255 characters each."""
    return [text[start : start + 200] for start in range(0, len(text), 200)]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    with NameServer(("127.0.0.1", 0), NameServer.Handler) as server:
        server.records = {}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(sender, "resolver", lambda: local(server))
        yield server.records
        server.shutdown()


def local(server: NameServer) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = server.server_address[1]
    return resolver


def states(domain: str = DOMAIN, selector: str = "") -> dict[str, State]:
    return {each.name: each.state for each in sender.look_up(domain, selector)}


def test_a_domain_in_order(names: dict[str, list[str]]) -> None:
    names[DOMAIN] = ["google-site-verification=x", SPF]
    names[f"_dmarc.{DOMAIN}"] = [DMARC]
    names[f"mail._domainkey.{DOMAIN}"] = [KEY + "A" * 300]
    found = sender.look_up(DOMAIN, "mail")
    assert [(each.name, each.state) for each in found] == [
        ("SPF", State.GOOD),
        ("DKIM", State.GOOD),
        ("DMARC", State.GOOD),
    ]
    assert found[0].record == SPF
    assert found[1].record == KEY + "A" * 300, "The strings are one record."


def test_a_domain_that_tells_nothing(names: dict[str, list[str]]) -> None:
    assert states(selector="mail") == {
        "SPF": State.MISSING,
        "DKIM": State.MISSING,
        "DMARC": State.MISSING,
    }
    assert all(each.advice for each in sender.look_up(DOMAIN, "mail"))


def test_dkim_is_looked_up_with_a_selector_alone(names: dict[str, list[str]]) -> None:
    assert "DKIM" not in states()


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (["v=spf1 mx ~all"], State.GOOD),
        (["V=SPF1 -ALL"], State.GOOD),
        (["v=spf1 +all"], State.WEAK),
        (["v=spf1 mx all"], State.WEAK),
        ([SPF, "v=spf1 mx -all"], State.WEAK),
        (["v=spf10 -all"], State.MISSING),
    ],
)
def test_spf(names: dict[str, list[str]], records: list[str], state: State) -> None:
    names[DOMAIN] = records
    assert states()["SPF"] == state


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ("v=DMARC1; p=quarantine; rua=mailto:x@garden.example", State.GOOD),
        ("v=DMARC1;p=none", State.WEAK),
        ("v=DMARC1", State.WEAK),
        ("something else", State.MISSING),
    ],
)
def test_dmarc(names: dict[str, list[str]], record: str, state: State) -> None:
    names[f"_dmarc.{DOMAIN}"] = [record]
    assert states()["DMARC"] == state


def test_dmarc_is_inherited_from_the_domain_above(names: dict[str, list[str]]) -> None:
    names[f"_dmarc.{DOMAIN}"] = [DMARC]
    assert states(f"news.{DOMAIN}")["DMARC"] == State.GOOD
    names["_dmarc.example"] = [DMARC]
    assert states("other.example")["DMARC"] == State.MISSING


def test_a_withdrawn_key_is_none(names: dict[str, list[str]]) -> None:
    names[f"old._domainkey.{DOMAIN}"] = ["v=DKIM1; p="]
    assert states(selector="old")["DKIM"] == State.MISSING


def test_name_servers_that_are_silent_are_told_from_records_that_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with NameServer(("127.0.0.1", 0), NameServer.Handler) as silent:
        monkeypatch.setattr(sender, "SECONDS", 0.3)
        monkeypatch.setattr(sender, "resolver", lambda: local(silent))
        assert set(states(selector="mail").values()) == {State.UNKNOWN}
