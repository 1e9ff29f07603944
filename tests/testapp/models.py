import swapper
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import ListBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page as WagtailPage

from wagtail_consent.optin.blocks import LeadFormBlock, LeadFormSnippetBlock

Page = (
    swapper.load_model("wagtailcore", "Page", require_ready=False)
    if swapper.is_swapped("wagtailcore", "Page")
    else WagtailPage
)


class NestedBlock(StructBlock):
    """Lead forms where they have no block id of their own."""

    columns = ListBlock(LeadFormBlock())
    aside = LeadFormBlock()

    class Meta:
        template = "testapp/nested_block.html"


class ArticlePage(Page):
    """A page whose body may hold lead forms."""

    # Named, so that the column doesn't depend on the page model's name.
    page_ptr = models.OneToOneField(
        Page, parent_link=True, on_delete=models.CASCADE, primary_key=True
    )
    body = StreamField(
        [
            ("lead_form", LeadFormBlock()),
            ("shared", LeadFormSnippetBlock()),
            ("nested", NestedBlock()),
            ("paragraph", RichTextBlock()),
        ],
        blank=True,
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
