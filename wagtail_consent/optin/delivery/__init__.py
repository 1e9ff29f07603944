"""A confirmed visitor gets what was promised."""
