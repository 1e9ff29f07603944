"""The addresses of one submission's pages. None tells whose they are."""

from __future__ import annotations

import uuid

from django.urls import reverse

from wagtail_consent import tokens

from ..models import Download, Submission


def path(name: str, row: uuid.UUID) -> str:
    """Returns the path of a page whose token is good for that page alone."""
    token = tokens.make(f"optin.{name}", row)
    return reverse(f"wagtail_consent_optin:{name}", args=[token])


def url(name: str, submission: Submission) -> str:
    return submission.site_url + path(name, submission.uuid)


def download_url(download: Download, submission: Submission) -> str:
    return submission.site_url + path("download", download.uuid)
