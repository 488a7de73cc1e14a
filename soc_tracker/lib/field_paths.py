"""What stands at the end of a path such as ``threat__reference``."""

from typing import cast

from django.db.models import Field, Model, QuerySet


def field_at(model: type[Model], path: str) -> tuple[Field, bool]:
    """The field, and whether it or anything on the way to it may be empty. Raises FieldDoesNotExist."""
    nullable, field = False, model._meta.pk
    for part in path.split("__"):
        field = cast(Field, model._meta.pk if part == "pk" else model._meta.get_field(part))
        nullable = nullable or field.null
        model = field.related_model or model
    return field, nullable


def field_of(rows: QuerySet, path: str) -> tuple[Field, bool]:
    """The same for rows, where the path may name an annotation, which may always be empty."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field, True
    return field_at(rows.model, path)
