"""Tags for visitors' pages. `{% load consent_optin %}`"""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from wagtail_consent import conf

from ..signup import rendering
from ..signup.forms import VisitorForm

register = template.Library()


@register.simple_tag
def consent_assets() -> SafeString:
    """The stylesheet and the script of lead forms.

    Each form brings them already, and a browser fetches them once. In a page's head
    they only arrive earlier.
    """
    return render_to_string("wagtail_consent/optin/assets.html")


@register.simple_tag
def consent_form(form: VisitorForm) -> SafeString:
    """A visitor's form, with what is wrong in it.

    Args:
        form: an instance of what `forms.build` made.
    """
    return rendering.form(form)


@register.simple_tag
def consent_base() -> str:
    """The host's template that visitors' pages extend."""
    return conf.get("BASE_TEMPLATE")


@register.filter
def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if translation.get_language_info(language)["bidi"] else "ltr"
