"""The blocks that the site's pages are put together from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from wagtail_consent.cookies.blocks import CookieTableBlock
from wagtail_consent.optin.blocks import LeadFormBlock

PROSE = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]


class FactBlock(blocks.StructBlock):
    number = blocks.CharBlock(max_length=12, label=_("Number"))
    label = blocks.CharBlock(max_length=80, label=_("What it counts"))

    class Meta:
        icon = "pick"
        label = _("Fact")


class FeatureBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(
        choices=[("drop", _("Drop")), ("sun", _("Sun")), ("tree", _("Tree"))],
        label=_("Drawing"),
    )
    title = blocks.CharBlock(max_length=60, label=_("Title"))
    text = blocks.TextBlock(max_length=300, label=_("Text"))

    class Meta:
        icon = "pick"
        label = _("Feature")


class FeaturesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    features = blocks.ListBlock(FeatureBlock(), label=_("Features"))

    class Meta:
        icon = "list-ul"
        label = _("Features")
        template = "website/blocks/features.html"


class TeaserBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.TextBlock(max_length=400, label=_("Text"))
    image = ImageChooserBlock(required=False, label=_("Image"))
    page = blocks.PageChooserBlock(label=_("Page"))
    button = blocks.CharBlock(max_length=40, label=_("Button"))

    class Meta:
        icon = "link"
        label = _("Teaser")
        template = "website/blocks/teaser.html"


class PictureTextBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("Text"))
    image = ImageChooserBlock(label=_("Image"))

    class Meta:
        icon = "image"
        label = _("Picture beside text")
        template = "website/blocks/picture_text.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=300, label=_("Quotation"))
    name = blocks.CharBlock(max_length=80, label=_("Name"))
    role = blocks.CharBlock(max_length=120, required=False, label=_("Who that is"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "website/blocks/quote.html"


class MapBlock(blocks.StructBlock):
    place = blocks.CharBlock(max_length=80, label=_("Place"))
    address = blocks.TextBlock(max_length=200, label=_("Address"))
    frame = blocks.URLBlock(
        label=_("Frame"), help_text=_("OpenStreetMap: Share, HTML, the address in it.")
    )

    class Meta:
        icon = "site"
        label = _("Map")
        template = "website/blocks/map.html"


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(
        features=PROSE,
        icon="pilcrow",
        label=_("Text"),
        template="website/blocks/paragraph.html",
    )
    image = ImageBlock(label=_("Image"), template="website/blocks/image.html")
    facts = blocks.ListBlock(
        FactBlock(),
        icon="pick",
        label=_("Facts"),
        template="website/blocks/facts.html",
    )
    features = FeaturesBlock()
    picture_text = PictureTextBlock()
    quote = QuoteBlock()
    teaser = TeaserBlock()
    video = EmbedBlock(
        icon="media", label=_("Video"), template="website/blocks/video.html"
    )
    map = MapBlock()
    form = LeadFormBlock()
    services = CookieTableBlock()

    class Meta:
        template = "website/blocks/body.html"
