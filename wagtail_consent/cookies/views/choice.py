from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from wagtail_consent.refusals import TOO_MANY, UNREADABLE

from ..choice import cookie as note
from ..choice import decide, log, ours, sheet
from ..choice.choose import Asked, Stale, choose
from ..choice.cookie import Cookie
from ..choice.log import Ticket
from ..choice.removal import Removal, removals
from ..models import Granularity, Source
from . import jar
from .base import VisitorView, is_within_limit

SAVED = "saved"
STALE = 409
UNAVAILABLE = 503


class ChoosingView(VisitorView):
    """Takes a choice, whatever led to it, and tells the browser."""

    def choose(self, asked: Asked, may_log: bool = True) -> Cookie:
        """Raises Stale."""
        now = timezone.now()
        return choose(self.site, self.offer, asked, self.cookie, now, may_log=may_log)

    def with_cookies(
        self, response: HttpResponse, cookie: Cookie, page: str
    ) -> HttpResponse:
        is_https = self.request.is_secure()
        jar.drop(response, self.removals(cookie, page), is_https)
        jar.keep(response, cookie, self.offer, self.host, is_https)
        return response

    def removals(self, cookie: Cookie, page: str) -> Iterable[Removal]:
        return removals(
            self.offer,
            cookie.refused,
            self.carried,
            ours.vital_cookies(),
            self.host,
            [page, self.request.path],
        )

    def ticket(self, typed: QueryDict) -> Ticket:
        """What the script sends, else what the browser's cookie holds."""
        sent = log.ticket(typed.get("reference", ""), typed.get("secret", ""))
        cookie = self.cookie
        held = log.ticket(cookie.reference, cookie.secret) if cookie else sent
        return sent or held


class ChoiceView(ChoosingView):
    """The privacy settings: a page, a plain form, and where the script reports."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name = "form" if request.GET.get("part") == "form" else "settings"
        return self.page(name, self.about() | {"saved": SAVED in request.GET})

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = self.asked(request.POST)
        if asked is None:
            return self.refused(UNREADABLE)
        may_log = is_within_limit(request)
        try:
            cookie = self.choose(asked, may_log)
        except Stale:
            return self.stale()
        response = self.told(cookie, UNAVAILABLE if may_log else TOO_MANY.status)
        return self.with_cookies(response, cookie, asked.page)

    def asked(self, typed: QueryDict) -> Asked | None:
        """Returns what was asked for; None if the visitor said nothing.

        Global Privacy Control speaks only for those who don't speak for themselves.
        """
        word, source = typed.get("choice", ""), typed.get("source", "")
        if word not in decide.WORDS and self.says_no:
            word, source = decide.NONE, Source.GPC
        if word not in decide.WORDS:
            return None
        return Asked(
            word=word,
            adds=source == Source.EMBED or self.is_report(word, typed),
            services=typed.getlist("service"),
            categories=typed.getlist("category"),
            source=Source(source if source in Source.values else Source.PLAIN),
            page=path_of(typed.get("page", "")),
            revision=typed.get("revision", ""),
            ticket=self.ticket(typed),
        )

    def is_report(self, word: str, typed: QueryDict) -> bool:
        """Tells whether the script names what its visitor allowed, and no more: a
        service may be undecided, and `all` is all that its page knew of."""
        if not self.wants_json or "service" not in typed:
            return False
        note, named = self.cookie, set(typed.getlist("service"))
        is_noted = bool(note) and not note.logged and set(note.granted) == named
        return word == decide.ALL or (word == decide.SOME and is_noted)

    def told(self, cookie: Cookie, failure: int) -> HttpResponse:
        """Post/redirect/get for a form; for the script, the note as it is now."""
        if self.wants_json:
            answer = {"logged": cookie.logged, "cookie": note.format(cookie)}
            return JsonResponse(answer, status=200 if cookie.logged else failure)
        target = self.request.POST.get("next", "")
        is_ours = target[:1] == "/" and url_has_allowed_host_and_scheme(target, None)
        back = target if is_ours else f"{self.url()}?{SAVED}"
        return HttpResponseRedirect(back, status=303)

    def stale(self) -> HttpResponse:
        """What was ticked is not taken over: it was another banner's."""
        if self.wants_json:
            answer = {"logged": False, "error": "stale"}
            return JsonResponse(answer, status=STALE)
        return self.page("settings", self.about() | {"stale": True}, STALE)

    def about(self) -> dict[str, Any]:
        return {
            "by_category": self.offer.granularity == Granularity.CATEGORIES,
            "cookie": self.cookie,
            "groups": sheet.groups(self.offer, self.cookie),
            "made_at": when(self.cookie),
            "says_no": self.says_no,
            "urls": {it: self.url(it) for it in ("choice", "receipt", "forget")},
            "is_part": self.request.GET.get("part") == "form",
        }


def when(cookie: Cookie | None) -> Any:
    if cookie is None:
        return None
    utc = timezone.datetime.fromtimestamp(cookie.made_at, timezone.timezone.utc)
    return timezone.localtime(utc)


def path_of(page: str) -> str:
    """Returns the path alone: what stands behind it may name a person."""
    try:
        path = urlsplit(page).path
    except ValueError:
        return ""
    return path[:255] if path[:1] == "/" and path.isprintable() else ""
