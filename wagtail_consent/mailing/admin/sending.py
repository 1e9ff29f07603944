"""Does sending work? The settings, a mail to oneself, what receivers look up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_admin_base_url
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_consent.admin.menu import MENU_HOOK

from .. import checks, sample, sender, transport, trial
from ..models import Message

POLICY = ModelPermissionPolicy(Message)


class SelectorForm(forms.Form):
    selector = forms.CharField(
        label=gettext_lazy("DKIM selector"),
        required=False,
        max_length=63,
        help_text=gettext_lazy(
            "The name of the signing key, which your mail service tells you, for "
            "example “mail”. Empty: DKIM isn't looked up."
        ),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$",
                gettext_lazy("Only letters, digits, dots, hyphens and underscores."),
            )
        ],
    )


class SendingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = POLICY
    any_permission_required = ["view", "change"]
    url_name = ""
    header_icon = "mail"
    page_title = gettext_lazy("Sending")
    template_name = "wagtail_consent/mailing/admin/sending.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        defaults = {
            "facts": facts(),
            "problems": [*checks.check_settings(), *checks.check_deployment()],
            "may_send": self.user_has_permission("change"),
            "domain": transport.sender_domain(),
            "form": SelectorForm(),
        }
        return super().get_context_data(**defaults | kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.user_has_permission("change"):
            return self.http_method_not_allowed(request)
        if "look_up" in request.POST:
            return self._look_up(SelectorForm(request.POST))
        self._send_trial(request)
        return redirect(self.url_name)

    def _look_up(self, form: SelectorForm) -> HttpResponse:
        domain = transport.sender_domain()
        findings = None
        if form.is_valid() and domain:
            findings = sender.look_up(domain, form.cleaned_data["selector"])
        return self.render_to_response(
            self.get_context_data(form=form, findings=findings)
        )

    def _send_trial(self, request: HttpRequest) -> None:
        if not request.user.email:
            messages.error(request, _("Your account has no e-mail address."))
            return
        try:
            trial.send(request.user.email, request.LANGUAGE_CODE, base_url())
        except transport.NotSent as error:
            said = _("The mail server didn't take the mail: %(error)s")
            messages.error(request, said % {"error": error})
        else:
            messages.success(request, _("The mail server took the mail for you."))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse(self.url_name), "label": self.page_title}
        return [*self.breadcrumbs_items, here]


def base_url() -> str:
    return get_admin_base_url() or sample.SITE


def facts() -> list[tuple[Any, Any]]:
    """What the site sends with, in rows of label and value."""
    try:
        backend = transport.backend()
    except Exception as error:
        return [(_("Mail backend"), type(error).__name__)]
    rows = [(_("Sender"), transport.sender()), (_("Mail backend"), _path(backend))]
    if host := getattr(backend, "host", None):
        rows += [
            (_("Mail server"), f"{host}:{backend.port}"),
            (_("Encryption"), _encryption(backend)),
            (_("Time-out"), _("%(seconds)s seconds") % {"seconds": backend.timeout}),
        ]
    return rows


def _path(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _encryption(backend: Any) -> str:
    if backend.use_ssl:
        return "TLS"
    return "STARTTLS" if backend.use_tls else _("none")


class SendingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return POLICY.user_has_any_permission(request.user, ["view", "change"])


class SendingViewSet(ViewSet):
    name = "consent_sending"
    url_prefix = "consent/sending"
    icon = "mail"
    menu_label = gettext_lazy("Sending")
    menu_hook = MENU_HOOK
    menu_order = 510
    menu_item_class = SendingMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(SendingView, url_name=self.get_url_name("index"))
        return [path("", view, name="index")]
