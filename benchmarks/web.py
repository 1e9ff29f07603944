"""Requests through the WSGI handler and all middleware, without a test client."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

FORM, PLAIN = "/en/guide/", "/en/plain/"
SUBMIT = "/consent/form/"
URLENCODED = "application/x-www-form-urlencoded"
REFERENCE = re.compile(r'name="reference"\s+value="([^"]+)"')

_requests = RequestFactory()


@cache
def handler() -> WSGIHandler:
    return WSGIHandler()


class Answer:
    """Collects what a WSGI server would send."""

    def __init__(self, environ: dict[str, Any]) -> None:
        response = handler()(environ, self.start)
        self.body = b"".join(response)
        response.close()

    def start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status = int(status[:3])
        self.headers = [(name.lower(), value) for name, value in headers]

    def having(self, header: str) -> list[str]:
        return [value for name, value in self.headers if name == header]


def get(path: str) -> Answer:
    answer = Answer(_requests.get(path).environ)
    assert answer.status == 200, (path, answer.status)
    return answer


def posting(path: str, data: dict[str, str]) -> dict[str, Any]:
    """Returns a request that was received, but not yet looked at."""
    return _requests.post(path, urlencode(data), content_type=URLENCODED).environ
