from django.db import models
from wagtail.models import AbstractPage


class BasePage(AbstractPage):
    """A page model of a site's own, in the place of Wagtail's `Page`."""

    importance = models.CharField(max_length=255, blank=True)

    promote_panels = [*AbstractPage.promote_panels, "importance"]
