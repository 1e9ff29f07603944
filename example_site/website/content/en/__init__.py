from . import blog, consent, guide, home, legal, newsletter

__all__ = ["blog", "consent", "guide", "home", "legal", "newsletter"]
