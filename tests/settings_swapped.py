"""The test settings on a page model of the site's own (Wagtail 8)."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as _INSTALLED_APPS

INSTALLED_APPS = ["tests.swapped", *_INSTALLED_APPS]
WAGTAIL_PAGE_MODEL = "swapped.BasePage"
