"""The mailbox's owner decides: confirms, asks again, disowns or withdraws."""
