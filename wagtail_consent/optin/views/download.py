from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views import View

from ..delivery import downloads, files
from .base import TokenView, gone


class DownloadView(TokenView):
    """The promised file. Fetching it leaves no trace: see `Download`."""

    use = "download"

    def answer_row(self, request: HttpRequest, row: uuid.UUID) -> HttpResponseBase:
        try:
            self.download = downloads.get(row)
        except downloads.Unknown:
            return gone(request)
        self.submission = self.download.confirmation.submission
        with translation.override(self.submission.language):
            return View.dispatch(self, request)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        try:
            document = downloads.document_of(self.download)
            asked = request.headers.get("Range", "")
            return files.answer(document, asked, request.headers.get("If-Range", ""))
        except downloads.Over:
            return self.page("expired", "download", status=410)
        except downloads.Gone:
            return self.page("expired", "removed", status=410)
