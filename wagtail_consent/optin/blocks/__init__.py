"""Blocks for StreamFields: a lead form of the page's own, or one that is shared."""

from .boxes import BoxCondition, ConsentBoxBlock
from .fields import FieldsBlock
from .form import LeadFormBlock
from .shared import LeadFormSnippetBlock

__all__ = [
    "BoxCondition",
    "ConsentBoxBlock",
    "FieldsBlock",
    "LeadFormBlock",
    "LeadFormSnippetBlock",
]
