"""Mail texts as snippets. A new one starts from the kind's own words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.admin.utils import set_query_params
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from wagtail_consent.admin.menu import MENU_HOOK

from .. import kinds
from ..models import Letter

CHOOSE = "wagtail_consent/mailing/admin/choose_kind.html"


class LetterCreateView(CreateView):
    """Asks for the kind first, then shows its words in the letter's language."""

    @cached_property
    def kind(self) -> kinds.Kind | None:
        registered = kinds.all()
        if len(registered) == 1:
            return registered[0]
        named = {kind.name: kind for kind in registered}
        return named.get(self.request.GET.get("kind", ""))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kind or not kinds.all():
            return super().get(request, *args, **kwargs)
        self.object = None
        self.form = None
        return self.response_class(
            request=request, template=CHOOSE, context=self._choice(), using=None
        )

    def get_initial_form_instance(self) -> Letter:
        letter = super().get_initial_form_instance() or Letter()
        if self.request.method == "GET" and self.kind:
            _prefill(letter, self.kind)
        return letter

    def _choice(self) -> dict[str, Any]:
        here = reverse(self.add_url_name)
        locale = self.locale.language_code if self.locale else None
        return {
            "view": self,
            "header_title": _("Which mail?"),
            "header_icon": self.header_icon,
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "choices": [
                (kind.label, set_query_params(here, _query(kind, locale)))
                for kind in kinds.all()
            ],
        }


def _query(kind: kinds.Kind, locale: str | None) -> dict[str, str]:
    return {"kind": kind.name} | ({"locale": locale} if locale else {})


def _prefill(letter: Letter, kind: kinds.Kind) -> None:
    letter.kind = kind.name
    with translation.override(letter.language):
        for name, words in kind.defaults.items():
            setattr(letter, name, str(words))


class LetterViewSet(SnippetViewSet):
    model = Letter
    icon = "mail"
    menu_label = _("Mail texts")
    menu_hook = MENU_HOOK
    menu_order = 400
    add_view_class = LetterCreateView
    list_display = [
        "subject",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        "purpose",
        LocaleColumn(),
        LiveStatusTagColumn(),
    ]
    list_filter = ["kind", "purpose"]
    ordering = ["kind", "subject"]
