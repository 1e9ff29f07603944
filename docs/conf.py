"""How the documentation is built: `sphinx-build -W -n docs docs/_build/html`."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INIT = (ROOT / "wagtail_consent" / "__init__.py").read_text(encoding="utf-8")

project = "Wagtail Consent"
author = "Wagtail Consent contributors"
project_copyright = author
release = re.search(r'__version__ = "(.+?)"', INIT)[1]
version = release

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True
language = "en"

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"Wagtail Consent {release}"
html_show_sphinx = False
