from .category import Category, CategoryText
from .choice import Choice, Source
from .revision import BannerRevision
from .service import Service, ServiceText, Signal
from .site_settings import CookieSettings, Granularity, Layout
from .stored_item import Storage, StoredItem, Unit

__all__ = [
    "BannerRevision",
    "Category",
    "CategoryText",
    "Choice",
    "CookieSettings",
    "Granularity",
    "Layout",
    "Service",
    "ServiceText",
    "Signal",
    "Source",
    "Storage",
    "StoredItem",
    "Unit",
]
