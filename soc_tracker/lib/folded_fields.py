"""The words of a row as searching compares them, kept in a column of the row: see ``soc_tracker.lib.folding``.

No two databases fold letters alike, so the site folds, once for each write, and
both databases compare what is there. A model says ``folded = FoldedText("title", "summary")``.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections, models

from soc_tracker.lib.folding import fold

BETWEEN = "\n"
"""Stands between two texts of a row, so that no word is found across them: folded texts have none."""
AT_A_TIME = 5_000


def together(texts: Iterable[str]) -> str:
    """Several texts of a row, folded."""
    return BETWEEN.join(filter(None, map(fold, texts)))


class FoldedText(models.TextField):
    """The folded texts of other fields of the row, renewed whenever it is saved. It is no part of the row's history."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        usual: dict[str, Any] = {"default": "", "db_default": "", "blank": True, "editable": False}
        super().__init__(**usual | kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        return name, path, list(self.sources), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = together(str(getattr(model_instance, source)) for source in self.sources)
        setattr(model_instance, self.attname, text)
        return text


def folded_fields(model: type[models.Model]) -> list[FoldedText]:
    """The folded columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, FoldedText)]


def refold(record: models.Model) -> list[str]:
    """Renew the folded columns of a row that is not written by ``save``, and name them."""
    fields = folded_fields(type(record))
    for field in fields:
        field.pre_save(record, add=False)
    return [field.name for field in fields]


def fill(rows: models.QuerySet[Any]) -> None:
    """Fold the words of stored rows: the rows themselves do not change, and their history has none of it."""
    model, connection = rows.model, connections[rows.db]
    for field in folded_fields(model):
        update = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s"  # noqa: S608  names of our own
        texts, last = rows.order_by("pk").values_list("pk", *field.sources), 0
        while chunk := list(texts.filter(pk__gt=last)[:AT_A_TIME]):
            with connection.cursor() as cursor:
                cursor.executemany(update, [(together(each), key) for key, *each in chunk])
            last = chunk[-1][0]
