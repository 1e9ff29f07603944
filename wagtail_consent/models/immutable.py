"""Rows that are written once. `guards` tells the database the same."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class ImmutableRow(TypeError):
    """Somebody tried to change or delete what must stay as it was written."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{self.model.__name__} rows can't be changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{self.model.__name__} rows can't be changed.")

    def delete(self) -> NoReturn:
        raise ImmutableRow(f"{self.model.__name__} rows can't be deleted.")


AppendOnlyManager = models.Manager.from_queryset(AppendOnlyQuerySet)


class AppendOnlyModel(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableRow(f"{type(self).__name__} rows can't be changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{type(self).__name__} rows can't be deleted.")
