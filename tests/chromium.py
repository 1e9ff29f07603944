"""Where this machine has its Chromium."""

import os
import shutil
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)

PLACES = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

HOW_TO_GET = """\
No Chromium found, so the tests that need a browser are skipped. To get one:
  Debian:   sudo apt install chromium
  Fedora:   sudo dnf install chromium
  macOS:    brew install --cask chromium
  Windows:  winget install Google.Chrome
or set CHROMIUM to the path of one."""


def find() -> str | None:
    """Return the path of a Chromium-like browser, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    placed = (place for place in PLACES if Path(place).exists())
    return next((path for path in on_path if path), None) or next(placed, None)
