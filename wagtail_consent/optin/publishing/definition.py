"""A form as visitors see it, as one plain dict: what its notice keeps for ever.

Built from the editor's value and the place it stands; nothing is written here.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import safe_snake_case

from wagtail_consent.html import clean
from wagtail_consent.models import Notice, NoticeKind

from ..blocks.boxes import BoxCondition
from .facts import CONFIRM, DELIVER, Facts
from .place import Place
from .problems import lines

VERSION = 1
EMAIL = "email"
RESERVED = {EMAIL, "website", "reference"}
AUTOCOMPLETE = {"phone": "tel", "company": "organization", "country": "country"}

Definition = dict[str, Any]


def build(value: Any, place: Place) -> Definition:
    """Returns the form that this value makes here, in the place's language.

    What can't be shown, such as a purpose without a wording, is left out: whether a
    form may go live is `problems`' to say.
    """
    facts = Facts(value, place)
    with translation.override(place.language):
        return {
            "version": VERSION,
            "language": place.language,
            "heading": value["heading"],
            "intro": html(value["intro"]),
            "fields": [_email(value), *_questions(value)],
            "boxes": _boxes(facts),
            "privacy": _privacy(facts),
            "button": value["button"] or _("Send"),
            "promise": promise(facts),
            "texts": _texts(facts),
            "controller": _controller(place),
            "letters": _letters(facts),
        }


def html(text: Any) -> str:
    return clean(text.source).strip() if text else ""


def _email(value: Any) -> dict[str, Any]:
    label = value["email_label"] or _("E-mail address")
    return _field(EMAIL, "email", label, required=True, autocomplete="email")


def _questions(value: Any) -> list[dict[str, Any]]:
    return [
        _field(
            name,
            child.block_type,
            child.value["label"],
            help=child.value.get("help_text") or "",
            required=bool(child.value.get("required")),
            choices=lines(child.value.get("choices") or ""),
            default=child.value.get("default") or "",
            autocomplete=_autocomplete(child),
        )
        for name, child in zip(_names(value), value["fields"], strict=True)
    ]


def _field(name: str, type: str, label: str, **more: Any) -> dict[str, Any]:
    blank = {"help": "", "required": False, "choices": [], "default": ""}
    return {"name": name, "type": type, "label": label, **blank, **more}


def _autocomplete(child: Any) -> str:
    return AUTOCOMPLETE.get(child.block_type, child.value.get("autocomplete") or "")


def _names(value: Any) -> list[str]:
    """Returns a name for each question, unique within the form."""
    names: list[str] = []
    for child in value["fields"]:
        name = safe_snake_case(child.value.get("name") or child.value["label"])[:60]
        if not name or name in RESERVED or name.startswith("consent_"):
            name = f"field_{name}".rstrip("_")
        names.append(_unused(name, names))
    return names


def _unused(name: str, names: list[str]) -> str:
    candidate, number = name, 2
    while candidate in names:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def _boxes(facts: Facts) -> list[dict[str, Any]]:
    return [
        _box(facts, box)
        for box in facts.value["boxes"]
        if box["purpose"] in facts.wordings
    ]


def _box(facts: Facts, box: Any) -> dict[str, Any]:
    wording = facts.wordings[box["purpose"]]
    coupled = box["condition"] == BoxCondition.COUPLED
    sentences = [inline(wording.filled(facts.place.controller))]
    if wording.purpose.minimum_age:
        sentences.append(_age(wording.purpose.minimum_age))
    if coupled:
        sentences.append(_in_return(facts))
    statement = clean(" ".join(sentences))
    return {
        "purpose": wording.purpose.identifier,
        "notice": Notice.digest_of(
            NoticeKind.STATEMENT, facts.place.language, statement
        ),
        "html": statement,
        "coupled": coupled,
        "required": bool(box["condition"]),
        "double_opt_in": wording.purpose.double_opt_in,
        "minimum_age": wording.purpose.minimum_age,
    }


def inline(html: str) -> str:
    """Returns paragraphs as lines: the sentence stands inside a label."""
    unwrapped = re.sub(r"</p>\s*<p[^>]*>", "<br>", html.strip())
    return re.sub(r"</?(p|ul|ol|li|h[2-4]|blockquote)\b[^>]*>", "", unwrapped)


def _age(years: int) -> str:
    """GDPR Art. 8: a child's consent needs the parents."""
    sentence = ngettext(
        "I am at least %(years)d year old.", "I am at least %(years)d years old.", years
    )
    return sentence % {"years": years}


def _in_return(facts: Facts) -> str:
    """GDPR Art. 7(4): the visitor must be able to see the coupling."""
    title = escape(promise(facts)["title"])
    sentence = _("I give this consent in return for “%(title)s”.")
    return sentence % {"title": title}


def promise(facts: Facts) -> dict[str, Any]:
    if facts.document:
        return _promised("document", facts.document)
    if facts.page:
        return _promised("page", facts.page)
    return {"kind": "none", "id": None, "title": ""}


def _promised(kind: str, what: Any) -> dict[str, Any]:
    return {"kind": kind, "id": what.pk, "title": what.title}


def _privacy(facts: Facts) -> dict[str, str]:
    page = facts.privacy_page
    if page is None:
        return {"url": "", "label": _("Privacy policy")}
    url = page.get_url(current_site=facts.place.site) or ""
    return {"url": url, "label": page.title}


def _controller(place: Place) -> dict[str, Any]:
    controller = place.controller
    if controller is None:
        return {"id": None, "name": ""}
    return {"id": controller.pk, "name": controller.name}


def _texts(facts: Facts) -> dict[str, str]:
    value = facts.value
    return {
        "sent": html(value["sent_text"]) or _sent(),
        "confirm": html(value["confirm_text"]) or _confirm(facts),
        "done": html(value["done_text"]) or _done(facts),
    }


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _sent() -> str:
    return _paragraph(
        _(
            "We have sent you an e-mail. Please open it and follow the link in it: "
            "only then do we know that the address is yours."
        )
    )


def _confirm(facts: Facts) -> str:
    if facts.value["boxes"]:
        return _paragraph(_("One click, and your sign-up is complete."))
    return _paragraph(_("One click, and what you asked for is yours."))


def _done(facts: Facts) -> str:
    if len(facts.kinds) > 1:
        return _paragraph(_("Your address is confirmed. Here is what you asked for."))
    return _paragraph(_("Your address is confirmed."))


def _letters(facts: Facts) -> dict[str, str]:
    found = {"confirm": facts.letter(CONFIRM), "deliver": facts.letter(DELIVER)}
    return {name: notice.digest if notice else "" for name, notice in found.items()}
