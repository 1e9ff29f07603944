"""A visitor's own rows in the log: read out, and deleted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from ..choice import decide, log
from ..choice.choose import Asked
from ..choice.receipt import receipt
from ..models import Source
from .base import GONE, is_within_limit
from .choice import SAVED, ChoosingView


class ReceiptView(ChoosingView):
    """A download. By POST, so that the secret stands in no address and no log."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = log.rows(self.ticket(request.POST))
        if not rows:
            return self.refused(GONE)
        record = receipt(rows, timezone.now())
        response = JsonResponse(record, json_dumps_params={"indent": 2})
        name = record["receipt_metadata"]["record_id"]
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response


class ForgetView(ChoosingView):
    """Deletes the rows. What can no longer be proven is withdrawn with them."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        log.forget(self.ticket(request.POST))
        nothing = Asked(decide.NONE, source=Source.SETTINGS)
        cookie = self.choose(nothing, is_within_limit(request))
        response = HttpResponseRedirect(f"{self.url()}?{SAVED}", status=303)
        return self.with_cookies(response, cookie, "")
