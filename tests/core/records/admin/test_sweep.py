"""Every record can be kept: each model of the admin, its pages opened, and saved with what stands on them."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import TabularInline
from django.db.models import Model
from django.forms.models import _get_foreign_key
from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertContains

from soc_tracker.core.records.admin import ReadOnlyAdmin, RecordAdmin
from soc_tracker.core.records.forms import LOST_VERSION
from tests.core.records.admin.cases import cases
from tests.core.records.admin.records import World
from tests.forms import Form, NotOnPageError, admin_url, errors, form_of, press

MODELS = [model for model, each in admin.site._registry.items() if isinstance(each, RecordAdmin)]
WRITTEN = [model for model in MODELS if not isinstance(admin.site._registry[model], ReadOnlyAdmin)]
READ_ONLY = [model for model in MODELS if model not in WRITTEN]
WITH_ROWS = [model for model in WRITTEN if admin.site._registry[model].inlines]
WHY = {"change_reason": "Corrected after a call."}


def each(models: list[type[Model]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("model", models, ids=[model.__name__ for model in models])


def open_change(client: Client, record: Model) -> HttpResponse:
    page = client.get(admin_url(type(record), "change", record.pk))
    assert page.status_code == 200
    return page


def assert_saved(answer: HttpResponse) -> None:
    """The answer of a form that was accepted leads on; else say what was wrong."""
    assert answer.status_code == 302, errors(answer)


def version(record: Model) -> int:
    return type(record)._base_manager.get(pk=record.pk).version


@each(WRITTEN)
def test_a_record_saved_as_it_stands_is_saved_without_a_change(model, world: World, administrator):
    records = world.records(model)
    assert records
    for record in records:
        before = version(record)
        assert_saved(press(administrator, open_change(administrator, record), "Save", **WHY))
        assert version(record) == before


@each(WRITTEN)
def test_a_changed_field_is_saved_with_its_reason(model, world: World, administrator):
    change = cases(world)[model].change
    forms = {record: form_of(open_change(administrator, record)) for record in world.records(model)}
    changeable = [record for record, form in forms.items() if form.fields >= set(change)]
    assert changeable
    for record in changeable:
        before = version(record)
        assert_saved(forms[record].press(administrator, "Save", **changed(record, change), **WHY))
        assert version(record) == before + 1
        line = model.history.filter(id=record.pk).first()
        assert (line.history_change_reason, line.history_user.username) == (WHY["change_reason"], "administrator")


def changed(record: Model, change: dict[str, Any]) -> dict[str, Any]:
    """Two records may not both take the name that a change gives."""
    return {name: value + f" {record.pk}" * (name == "name") for name, value in change.items()}


def add_form(client: Client, model: type[Model], values: dict[str, Any]) -> Form:
    page = client.get(admin_url(model, "add"))
    assert page.status_code == 200
    return form_of(page).fill(values)


@each(WRITTEN)
def test_a_record_is_added(model, world: World, administrator):
    stored = set(model._base_manager.values_list("pk", flat=True))
    assert_saved(add_form(administrator, model, cases(world)[model].add).press(administrator, "Save", **WHY))
    [record] = model._base_manager.exclude(pk__in=stored)
    line = model.history.filter(id=record.pk).first()
    assert (line.history_change_reason, line.history_user.username) == (WHY["change_reason"], "administrator")


@each(WITH_ROWS)
def test_a_record_is_added_with_its_rows_in_one_form(model, world: World, administrator):
    case = cases(world)[model]
    stored = set(model._base_manager.values_list("pk", flat=True))
    form = add_form(administrator, model, case.add)
    assert set(case.rows) == {prefix_of(inline, model) for inline in inlines(model)}
    for prefix, values in case.rows.items():
        form.add_row(prefix, **values)
    assert_saved(form.press(administrator, "Save", **WHY))
    record = model._base_manager.exclude(pk__in=stored).get()
    for inline in inlines(model):
        row = getattr(record, prefix_of(inline, model)).last()
        assert inline.model.history.filter(id=row.pk).first().history_change_reason == WHY["change_reason"]


def inlines(model: type[Model]) -> list[Any]:
    return admin.site._registry[model].inlines


def prefix_of(inline: Any, model: type[Model]) -> str:
    """The name by which a record has the rows of an inline, which begins the names of their fields."""
    return _get_foreign_key(model, inline.model).remote_field.get_accessor_name()


# What a page must hold


@each(WRITTEN)
def test_a_page_that_has_lost_its_version_is_refused_with_words(model, world: World, administrator):
    """The sweep sends what a page holds: this is what it would meet if the hidden version were taken out of one."""
    for record in world.records(model):
        form = form_of(open_change(administrator, record), without={"expected_version"})
        answer = form.press(administrator, "Save", **WHY)
        assert answer.status_code == 200
        assert errors(answer) == {"": [LOST_VERSION]}


@each(WITH_ROWS)
def test_so_is_a_row_that_has_lost_its_version(model, world: World, administrator):
    for inline in inlines(model):
        prefix = prefix_of(inline, model)
        record = next(each for each in world.records(model) if getattr(each, prefix).exists())
        page = open_change(administrator, record)
        [row] = form_of(page).rows(prefix)[:1]
        answer = form_of(page, without={f"{row}-expected_version"}).press(administrator, "Save", **WHY)
        assert answer.status_code == 200
        assert errors(answer) == {"": [LOST_VERSION]}


@each(WITH_ROWS)
def test_nor_does_a_row_go_whose_version_is_lost(model, world: World, administrator):
    for inline in inlines(model):
        prefix = prefix_of(inline, model)
        record = next(each for each in world.records(model) if getattr(each, prefix).exists())
        page = open_change(administrator, record)
        [row] = form_of(page).rows(prefix)[:1]
        form = form_of(page, without={f"{row}-expected_version"}).fill({f"{row}-DELETE": True})
        before = getattr(record, prefix).count()
        assert errors(form.press(administrator, "Save", **WHY)) == {"": [LOST_VERSION]}
        assert getattr(record, prefix).count() == before


@each(WITH_ROWS)
def test_rows_that_cannot_be_counted_are_refused_with_words(model, world: World, administrator):
    for inline in inlines(model):
        total = f"{prefix_of(inline, model)}-TOTAL_FORMS"
        page = open_change(administrator, world.records(model)[0])
        answer = form_of(page, without={total}).press(administrator, "Save", **WHY)
        assert total in str(errors(answer))


# What nobody may write


@each(READ_ONLY)
def test_what_is_written_elsewhere_can_only_be_read(model, world: World, administrator):
    assert administrator.get(admin_url(model, "add")).status_code == 403
    for record in world.records(model):
        page = open_change(administrator, record)
        with pytest.raises(NotOnPageError):
            form_of(page, "Save")
        assert administrator.post(admin_url(model, "change", record.pk), WHY).status_code == 403
        assert administrator.post(admin_url(model, "delete", record.pk), WHY).status_code == 403


def test_the_rows_of_a_log_are_shown_and_cannot_be_entered(world: World, administrator):
    page = open_change(administrator, world.logged.requirement)
    for words in ("Seen.", "It takes longer."):
        assertContains(page, words)
    assert page.context["adminform"].form.fields.keys() == {"expected_version", "change_reason"}


def test_an_inline_is_written_by_its_service_or_not_at_all():
    class Stray(TabularInline):
        model = MODELS[0]

    with pytest.raises(TypeError, match="RecordInline or ReadOnlyInline"):
        type("StrayAdmin", (RecordAdmin,), {"inlines": (Stray,)})
