from .download import Download
from .form import FormPlacement, LeadForm
from .submission import Confirmation, Submission

__all__ = ["Confirmation", "Download", "FormPlacement", "LeadForm", "Submission"]
