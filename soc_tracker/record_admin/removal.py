"""What stands against the removal of a record: the records that lead to it, the first of each kind with their links."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db import models, router
from django.db.models import PROTECT, ProtectedError
from django.db.models.deletion import Collector
from django.urls import reverse

NAMED = 5


@dataclass(frozen=True)
class Blocking:
    """Records of one kind. ``records`` are the first with their addresses, which are empty where none has a page."""

    kind: str
    total: int
    records: list[tuple[str, str]]

    @property
    def others(self) -> int:
        return self.total - len(self.records)


def blocking(record: models.Model, site: AdminSite) -> list[Blocking]:
    """By kind, what leads to the record itself; where nothing does, what leads to what would go with it."""
    direct = [_first_of(rows, site) for rows in _protecting(record)]
    if direct:
        return direct
    try:
        Collector(using=router.db_for_write(type(record)), origin=record).collect([record])
    except ProtectedError as error:
        keys: dict[Any, list[Any]] = defaultdict(list)
        for row in error.protected_objects:
            keys[type(row)].append(row.pk)
        return [_first_of(model._base_manager.filter(pk__in=pks), site) for model, pks in keys.items()]
    return []


def _protecting(record: models.Model) -> Iterable[models.QuerySet]:
    """The rows that hold a link to the record which forbids to remove it: none is read that is not shown."""
    for link in record._meta.related_objects:
        if getattr(link, "on_delete", None) is PROTECT and not link.hidden:
            rows = link.related_model._base_manager.filter(**{link.field.name: record.pk})
            if rows.exists():
                yield rows


def _first_of(rows: models.QuerySet, site: AdminSite) -> Blocking:
    opts, page = rows.model._meta, site._registry.get(rows.model)
    links = getattr(page, "list_select_related", False) or ()
    total = rows.count()
    first = (rows.select_related(*links) if links else rows).order_by("pk")[:NAMED]
    address = f"admin:{opts.app_label}_{opts.model_name}_change" if page else ""
    return Blocking(
        kind=str(opts.verbose_name if total == 1 else opts.verbose_name_plural),
        total=total,
        records=[(str(row), reverse(address, args=[row.pk]) if address else "") for row in first],
    )
