"""The whole journey on the example site: visitor, mail, confirmation, download,
admin's proof and integrator's answer, in a real browser."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.example import Example, until
from tests.smtp import SMTPServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

LINK = re.compile(r"https?://\S*/confirm/\S+?/(?=\s|$)")
MailReader = Callable[[Page], str]


def sign_up(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/en/guide/")
    page.get_by_role("button", name="Reject all").click()
    box = page.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    box.check()
    page.get_by_label(re.compile("e-?mail", re.I)).first.fill(email)
    page.locator("form[data-consent-form] [type=submit]").click()
    expect(page.locator("[data-consent-sent]")).to_be_focused()


def confirm(page: Page, link: str) -> bytes:
    page.goto(link)
    page.locator("main form button").first.click()
    with page.expect_download() as started:
        page.locator("a[href*='/download/']").first.click()
    return Path(started.value.path()).read_bytes()


def see_the_proof(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", site_password())
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{base}/admin/consent/contacts/?q={email}")
    page.get_by_role("row", name=email).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("confirmed")
    expect(page.locator("main")).to_contain_text("Permission was given")


def site_password() -> str:
    return "consent-demo"


def from_mailbox(base: str) -> MailReader:
    def read(page: Page) -> str:
        until(lambda: page.goto(f"{base}/mailbox/") and page.locator("main li").count())
        page.locator("main li a").first.click()
        return page.locator("a[href*='/confirm/']").first.get_attribute("href")

    return read


def from_server(smtp: SMTPServer) -> MailReader:
    def read(page: Page) -> str:
        until(lambda: smtp.messages)
        text = smtp.messages[-1].get_body(("plain",)).get_content()
        return LINK.search(text)[0]

    return read


def journey(page: Page, example: Example, read_mail: MailReader) -> None:
    email = f"ann.{uuid.uuid4().hex[:6]}@example.org"
    assert example.may_contact(email)[:2] == (False, "no_record")
    sign_up(page, example.base, email)
    assert example.may_contact(email)[0] is False
    assert confirm(page, read_mail(page)).startswith(b"%PDF")
    allowed, reason, evidence = example.may_contact(email)
    assert (allowed, reason) == (True, "granted") and evidence
    see_the_proof(page, example.base, email)
    assert example.manage("consent_maintenance").returncode == 0
    verified = example.manage("consent_verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_journey_as_it_starts(page: Page, tmp_path: Path) -> None:
    with Example(tmp_path, {}).running() as example:
        journey(page, example, from_mailbox(example.base))


def test_journey_with_the_database_as_queue(page: Page, tmp_path: Path) -> None:
    with Example(tmp_path, {"TASKS": "db"}).running() as example:
        journey(page, example, from_mailbox(example.base))


@pytest.fixture
def own_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database of its own."""
    psycopg = pytest.importorskip("psycopg")
    server = "postgres://postgres@127.0.0.1:5432"
    name = f"consent_journey_{uuid.uuid4().hex[:8]}"
    try:
        connection = psycopg.connect(f"{server}/postgres", autocommit=True)
    except psycopg.OperationalError:
        from tests.conftest import need

        need(False, f"No PostgreSQL answers at {server}.")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.redis
@pytest.mark.smtp
def test_journey_with_real_parts(
    page: Page, tmp_path: Path, own_database: str, redis_url: str
) -> None:
    with SMTPServer() as smtp:
        environ = {
            "DATABASE_URL": own_database,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(smtp.port),
            "TASKS": "rq",
            "REDIS_URL": settings.RQ_QUEUES["default"]["URL"],
        }
        with Example(tmp_path, environ).running() as example:
            journey(page, example, from_server(smtp))
