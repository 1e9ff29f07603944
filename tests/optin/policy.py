"""A strict Content-Security-Policy, as a careful site sends it."""

from collections.abc import Callable
from typing import Any

POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def strict(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def middleware(request: Any) -> Any:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return middleware
