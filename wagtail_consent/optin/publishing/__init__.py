"""An editor publishes a form: which rules it must keep, and what visitors are shown."""
