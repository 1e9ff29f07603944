"""News from the core, sent after the transaction committed.

Receivers get copies of rows; an error in one is logged and stops nobody else.
"""

from __future__ import annotations

from django.dispatch import Signal

# Every ledger entry. Arguments: event, contact.
event_recorded = Signal()

# A person may now be contacted for a purpose. Arguments: contact, purpose, event.
permission_granted = Signal()

# A person may no longer be contacted for it. Arguments: contact, purpose, event.
permission_ended = Signal()

# What visitors read beside a purpose's box has changed. Arguments: purpose.
wording_changed = Signal()
