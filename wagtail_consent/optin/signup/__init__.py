"""A visitor fills in a form: what they saw, what they may send, what is kept."""
