"""One round of one measure, in a process of its own; prints its figures as JSON."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main(name: str, contacts: int) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    figures = import_module(f"benchmarks.measures.{name}").measure(contacts)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
