import swapper
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page as WagtailPage

from wagtail_consent.optin.blocks import LeadFormBlock

Page = (
    swapper.load_model("wagtailcore", "Page", require_ready=False)
    if swapper.is_swapped("wagtailcore", "Page")
    else WagtailPage
)


class ArticlePage(Page):
    """A page whose body may hold lead forms."""

    # Named, so that the column doesn't depend on the page model's name.
    page_ptr = models.OneToOneField(
        Page, parent_link=True, on_delete=models.CASCADE, primary_key=True
    )
    body = StreamField(
        [("lead_form", LeadFormBlock()), ("paragraph", RichTextBlock())],
        blank=True,
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
