from .allowance import MailAllowance
from .letter import Letter
from .message import Message, MessageStatus

__all__ = ["Letter", "MailAllowance", "Message", "MessageStatus"]
