from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..confirmation import withdraw
from .base import TokenView
from .confirm import see_other

DONE = "done"


class WithdrawView(TokenView):
    """Withdrawing is as easy as giving (GDPR Art. 7(3)): one button, for ever."""

    use = "withdraw"

    def get(self, request: HttpRequest) -> HttpResponse:
        granted = withdraw.granted(self.submission)
        names = withdraw.names(granted, self.submission.language)
        state = DONE if DONE in request.GET else "ask" if names else "nothing"
        return self.page("withdraw", state, purposes=names)

    def post(self, request: HttpRequest) -> HttpResponse:
        withdraw.withdraw(self.submission.uuid, request.POST.get("purpose", ""))
        return see_other(f"{request.path}?{DONE}")
