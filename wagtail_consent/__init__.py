"""A consent firewall between a Wagtail site and its marketing."""

__version__ = "0.1.0"
