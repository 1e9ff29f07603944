"""The test site's settings, with the databases as a host would run them."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS, WAGTAIL_CONSENT

INSTALLED_APPS = ["benchmarks", *INSTALLED_APPS]
ROOT_URLCONF = "benchmarks.urls"

DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    )

# The limit counts each request, but lets all of them in.
WAGTAIL_CONSENT = {**WAGTAIL_CONSENT, "SIGN_UPS_PER_HOUR": 10**9}

# What crispy's own functions render with, to compare with them.
CRISPY_TEMPLATE_PACK = "consent"
