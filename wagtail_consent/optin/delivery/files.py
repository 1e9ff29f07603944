"""Handing over a file: whole or in part, by us, by the web server, or by a redirect.

Threat: whatever an editor uploaded (HTML, SVG) must not run in the site's name; so it
is always an attachment, never sniffed, and in a sandbox.
"""

from __future__ import annotations

from typing import IO, Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from wagtail_consent import conf

from . import ranges
from .downloads import Gone


class Part:
    """A stretch of an open file."""

    def __init__(self, source: IO[bytes], first: int, length: int) -> None:
        source.seek(first)
        self.source = source
        self.left = length

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        data = self.source.read(size)
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.source.close()


def answer(document: Any, asked: str = "", known: str = "") -> HttpResponse:
    """Returns the response that hands a document over.

    Args:
        asked: the request's Range field.
        known: its If-Range field: what the client believes it has a part of.

    Raises:
        Gone: the storage has no such file.
    """
    if conf.get("DOWNLOAD_REDIRECT"):
        return HttpResponseRedirect(document.file.url)
    if header := conf.get("SENDFILE_HEADER"):
        return _by_web_server(document, header)
    return _by_us(document, asked, known)


def etag_of(document: Any) -> str:
    return f'"{document.file_hash}"' if document.file_hash else ""


def _by_web_server(document: Any, header: str) -> HttpResponse:
    response = _with_headers(HttpResponse(), document)
    response[header] = _inner_path(document, header)
    return response


def _inner_path(document: Any, header: str) -> str:
    if header.lower() == "x-accel-redirect":
        return conf.get("SENDFILE_PREFIX") + quote(document.file.name)
    return document.file.path


def _by_us(document: Any, asked: str, known: str) -> HttpResponse:
    try:
        size = document.file.size
        stretch = _stretch(document, asked, known, size)
        source = document.file.storage.open(document.file.name, "rb")
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    except OSError as error:
        raise Gone from error
    if stretch is None:
        return _with_headers(FileResponse(source), document)
    first, last = stretch
    part = FileResponse(Part(source, first, last - first + 1), status=206)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part["Content-Length"] = str(last - first + 1)
    return _with_headers(part, document)


def _stretch(
    document: Any, asked: str, known: str, size: int
) -> tuple[int, int] | None:
    """A part of another version would make a broken file (RFC 9110 section 13.1.5)."""
    if known and known != etag_of(document):
        return None
    return ranges.wanted(asked, size)


def _with_headers(response: HttpResponse, document: Any) -> HttpResponse:
    name = content_disposition_header(True, document.filename)
    response["Content-Type"] = document.content_type
    response["Content-Disposition"] = name
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    if etag := etag_of(document):
        response["ETag"] = etag
    return response
