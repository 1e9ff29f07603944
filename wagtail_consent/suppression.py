"""Addresses that must not be contacted, known by a keyed hash alone.

They survive erasure, and no import undoes them (GDPR Art. 21(3)).
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from .addresses import Address
from .models import Controller, Origin, Purpose, Suppression, SuppressionReason

# Who may lift what: a person only what they themselves had set.
LIFTS = {
    Origin.PERSON: {Origin.PERSON},
    Origin.STAFF: {Origin.STAFF, Origin.SYSTEM},
    Origin.SYSTEM: {Origin.SYSTEM},
}


def suppress(
    controller: Controller,
    address: Address,
    reason: SuppressionReason,
    origin: Origin,
    purpose: Purpose | None = None,
) -> Suppression:
    """Stops all contact for a purpose; without one, for all of the controller's."""
    return Suppression.objects.create(
        controller=controller,
        purpose=purpose,
        digest=address.digest,
        reason=reason,
        origin=origin,
    )


def covering(
    controller: Controller | int, address: Address, purpose: Purpose | None = None
) -> QuerySet[Suppression]:
    """Returns what stops a purpose today; without one, what stops everything."""
    scope = Q(purpose=None) | Q(purpose=purpose) if purpose else Q(purpose=None)
    return Suppression.objects.filter(
        scope,
        controller=controller,
        digest__in=address.digests,
        lifted_at=None,
    )


def is_suppressed(
    controller: Controller, address: Address, purpose: Purpose | None = None
) -> bool:
    return covering(controller, address, purpose).exists()


def lift(
    controller: Controller | int,
    address: Address,
    purpose: Purpose | None = None,
    *,
    by: Origin,
    reason: SuppressionReason | None = None,
    at: datetime | None = None,
) -> int:
    """Lifts what stops a purpose, as far as ``by`` may; returns how many rows.

    An objection to everything of which one purpose is lifted stands for the others.

    Args:
        purpose: without one, only what covers everything is lifted.
        reason: lift only what was set for this reason.
    """
    rows = covering(controller, address, purpose).filter(origin__in=LIFTS[by])
    if reason:
        rows = rows.filter(reason=reason)
    if purpose:
        _keep_for_others(rows, purpose)
    return rows.update(lifted_at=at or timezone.now(), lifted_by=by)


def _keep_for_others(rows: QuerySet[Suppression], purpose: Purpose) -> None:
    objection = rows.filter(purpose=None, reason=SuppressionReason.OBJECTION).first()
    if not objection:
        return
    others = Purpose.objects.filter(controller=purpose.controller_id)
    Suppression.objects.bulk_create(
        Suppression(
            controller_id=objection.controller_id,
            purpose=other,
            digest=objection.digest,
            reason=objection.reason,
            origin=objection.origin,
            since=objection.since,
        )
        for other in others.exclude(pk=purpose.pk)
    )
