from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """The demo's mails as files, and a small reader for them. Owns no table."""

    name = "mailbox"
