from __future__ import annotations

from django.db import models


class BareLead(models.Model):
    """The one row that the bare view inserts."""

    email = models.CharField(max_length=320)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
