from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from wagtail_consent.optin.storage import private_storage

from .blocks import BodyBlock


class SiteDocument(AbstractDocument):
    """A document in private storage: it leaves only through a view."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)

    admin_form_fields = ("title", "file", "collection", "tags")


class BodyPage(Page):
    """What all pages have that are put together from blocks."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True


class HomePage(BodyPage):
    heading = models.CharField(_("heading"), max_length=80)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["posts"] = latest_posts(self)[:3]
        return context


class StandardPage(BodyPage):
    heading = models.CharField(
        _("heading"),
        max_length=80,
        blank=True,
        help_text=_("Empty: the title. The title is what stands in the menu."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("standard page")


class BlogIndexPage(Page):
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["website.BlogPage"]

    class Meta:
        verbose_name = _("blog")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["posts"] = latest_posts(self)
        return context


class BlogPage(BodyPage):
    date = models.DateField(_("date"))
    author = models.CharField(_("author"), max_length=80)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    alt = models.CharField(
        _("image description"),
        max_length=255,
        help_text=_("For people who don't see the image."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("author"),
        FieldPanel("image"),
        FieldPanel("alt"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    parent_page_types = ["website.BlogIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("blog post")


def latest_posts(above: Page) -> models.QuerySet[BlogPage]:
    posts = BlogPage.objects.live().descendant_of(above)
    return posts.select_related("image").order_by("-date")
