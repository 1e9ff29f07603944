"""A visitor without JavaScript: a browser's cookie jar in front of the test client."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from wagtail_consent.cookies import offer
from wagtail_consent.cookies.choice import cookie
from wagtail_consent.cookies.choice.cookie import Cookie
from wagtail_consent.cookies.models import Choice
from wagtail_consent.cookies.offered import Offer

URL = "/consent/site-choice/{}/"
JSON = {"accept": "application/json"}


@dataclass
class Visitor:
    site: Any
    language: str = "en"
    client: Client = field(default_factory=Client)
    # Browsers tell cookies apart by name, domain and path.
    jar: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return URL.format(self.language)

    @property
    def offer(self) -> Offer:
        return offer.current(self.site, self.language)

    @property
    def note(self) -> Cookie | None:
        found = [value for (name, *_), value in self.jar.items() if name == cookie.NAME]
        assert len(found) < 2, "A second note lies about."
        return cookie.parse(found[0], time.time(), 395) if found else None

    @note.setter
    def note(self, value: str) -> None:
        self.jar[(cookie.NAME, "", "/")] = value

    def get(self, path: str = "", **headers: str) -> Any:
        return self.request("get", self.url + path, {}, headers)

    def choose(self, word: str = "", *services: str, **fields: Any) -> Any:
        """Posts the form, as it is shown now unless `revision` says otherwise."""
        headers = fields.pop("headers", {})
        sent = {"revision": self.offer.digest, "service": services, **fields}
        if word:
            sent["choice"] = word
        return self.request("post", self.url, sent, headers)

    def post(self, path: str = "", **fields: Any) -> Any:
        headers = fields.pop("headers", {})
        return self.request("post", self.url + path, fields, headers)

    def request(
        self, method: str, url: str, data: dict[str, Any], headers: dict[str, str]
    ) -> Any:
        carried = "; ".join(f"{name}={value}" for (name, *_), value in self.jar.items())
        sent = {"cookie": carried} if carried else {}
        response = getattr(self.client, method)(url, data, headers=sent | headers)
        self.client.cookies.clear()
        self.keep(response)
        return response

    def keep(self, response: Any) -> None:
        for morsel in response.cookies.values():
            place = (morsel.key, morsel["domain"], morsel["path"])
            if morsel["max-age"] == 0:
                self.jar.pop(place, None)
            else:
                self.jar[place] = morsel.value


def lay(visitor: Visitor, *names: str) -> None:
    visitor.jar |= {(name, "", "/"): "1" for name in names}


def names(visitor: Visitor) -> set[str]:
    return {name for name, *_ in visitor.jar}


def ticked(response: Any) -> set[str]:
    """Returns the values of the boxes that are ticked."""
    html = response.content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*>', html)
    return {re.search(r'value="([^"]+)"', it)[1] for it in boxes if "checked" in it}


def the_choice() -> Choice:
    return Choice.objects.get()
