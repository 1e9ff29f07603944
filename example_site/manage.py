#!/usr/bin/env python3
"""Django's command line for the example site."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def environment() -> Path:
    """Returns the interpreter that ``run.py`` made."""
    name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return HERE / ".venv" / name


def main() -> int:
    if importlib.util.find_spec("django") is None and environment().exists():
        command = [str(environment()), *sys.argv]
        return subprocess.run(command, check=False).returncode  # noqa: S603

    # An installed wagtail_consent comes first; in a checkout the folder will do.
    sys.path.append(str(HERE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
