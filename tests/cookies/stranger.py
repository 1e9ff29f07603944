"""A third party's server on this machine: it remembers every connection.

It has another port and another host name than the site (127.0.0.1 instead of
localhost), so browsers treat it as somebody else.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RAN = """
(window.ran = window.ran || []).push(document.currentScript.src.split("/").pop());
"""
FILES = {
    "/plain.js": RAN,
    "/first.js": RAN,
    "/second.js": RAN,
    "/cookie.js": RAN + "document.cookie='_seen=1;path=/';"
    "document.cookie='_own=1;path=/';localStorage.setItem('_seen.local', '1');",
    "/throws.js": RAN + "throw new Error('of a gated script');",
    "/writes.js": RAN + "document.write('<p id=written>written</p>');",
}
HTML = "<!doctype html><title>A stranger's page</title><p>A stranger's page"


class Stranger(ThreadingHTTPServer):
    """Counts connections before a byte is read, so that none goes unseen."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.connections = 0
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def __enter__(self) -> Stranger:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Stranger

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        script = FILES.get(self.path)
        kind = "text/javascript" if script else "text/html"
        body = (script or HTML).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""
