"""One more word in a vocabulary, for tests: what a line more in its class would do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, Field, Model
from django.urls import get_resolver

from soc_tracker.core.text.vocabulary import Vocabulary

NEW = "new"


@contextmanager
def one_more_word(vocabulary: type[Vocabulary]) -> Iterator[None]:
    """The new word carries what the vocabulary's last word does. Every page is loaded first, so that none keeps it."""
    get_resolver().url_patterns  # noqa: B018
    last = list(vocabulary)[-1]
    member = str.__new__(vocabulary, NEW)
    vars(member).update(vars(last) | {"_value_": NEW, "_name_": "NEW", "_label_": "Something new"})
    vocabulary._member_map_["NEW"] = vocabulary._value2member_map_[NEW] = member
    vocabulary._member_names_.append("NEW")
    Vocabulary.words.__func__.cache_clear()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        Vocabulary.words.__func__.cache_clear()  # type: ignore[attr-defined]
        vocabulary._member_names_.remove("NEW")
        del vocabulary._member_map_["NEW"], vocabulary._value2member_map_[NEW]


def vocabularies_of(module: object) -> list[type[Vocabulary]]:
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Vocabulary) and each is not Vocabulary
    ]


def fields_of_words(app: str, vocabularies: list[type[Vocabulary]]) -> list[tuple[type[Model], Field]]:
    """The fields of an app that take a word of the vocabularies."""
    return [
        (model, field)
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if getattr(getattr(field.choices, "func", None), "__self__", None) in vocabularies
    ]


def without_checks(model: type[Model]) -> None:
    """Let the tables take the new word, as the migration of a constraint would, until the test rolls back."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = ON")
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with a check outstanding cannot be altered
    with connection.schema_editor() as editor:
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                editor.remove_constraint(model, constraint)
