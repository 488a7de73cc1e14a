"""Tables made in one step are those that the operations would have made one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from soc_tracker.core.records.tables import CreateTables

OPERATIONS = [
    migrations.CreateModel("Shelf", [("id", models.AutoField(primary_key=True)), ("name", models.TextField())]),
    migrations.CreateModel("Book", [("id", models.AutoField(primary_key=True))]),
    migrations.AddField("Book", "shelf", models.ForeignKey("library.Shelf", models.CASCADE)),
    migrations.AddField("Book", "others", models.ManyToManyField("library.Book")),
    migrations.AddConstraint("Shelf", models.UniqueConstraint(fields=["name"], name="shelf_name_once")),
]


def after(*operations) -> ProjectState:
    state = ProjectState()
    for operation in operations:
        operation.state_forwards("library", state)
    return state


def test_the_models_are_the_same():
    assert after(CreateTables(OPERATIONS)).models.keys() == after(*OPERATIONS).models.keys()
    assert after(CreateTables(OPERATIONS)) == after(*OPERATIONS)


@pytest.mark.django_db(transaction=True)
def test_every_table_is_made_with_all_that_it_has_in_the_end_and_goes_again():
    operation, made = CreateTables(OPERATIONS), after(CreateTables(OPERATIONS))
    with connection.schema_editor() as editor:
        operation.database_forwards("library", editor, ProjectState(), made)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        assert {"library_shelf", "library_book", "library_book_others"} <= tables
        columns = {column.name for column in connection.introspection.get_table_description(cursor, "library_book")}
        assert columns == {"id", "shelf_id"}
        assert "shelf_name_once" in connection.introspection.get_constraints(cursor, "library_shelf")
    with connection.schema_editor() as editor:
        operation.database_backwards("library", editor, made, ProjectState())
    with connection.cursor() as cursor:
        assert "library_shelf" not in connection.introspection.table_names(cursor)
