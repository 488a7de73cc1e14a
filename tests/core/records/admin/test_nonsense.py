"""Nonsense in an address or a form of the administration is answered, never with a fault of the site."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelChoiceField
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from forces.models import Force
from soc_tracker.core.records.admin_fields import is_key
from tests.core.records.admin.records import World
from tests.core.records.admin.test_sweep import MODELS, WITH_ROWS, WRITTEN, each, inlines, prefix_of
from tests.forms import admin_url, errors, form_of

HUGE = "9" * 40
NONSENSE = st.one_of(
    st.sampled_from(["abc", "9" * 19, HUGE, "-1", "1.5", "1e5", "None", "٣", "1,2", "’", "%", "2023-02-30"]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    st.integers().map(str),
)
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def pick(models: list[type[Model]]) -> st.SearchStrategy[type[Model]]:
    return st.sampled_from(models)


@pytest.mark.parametrize("nonsense", ["abc", HUGE])
@each(WRITTEN)
def test_a_link_to_nothing_is_an_error_of_its_field(model, nonsense, world: World, administrator):
    page = administrator.get(admin_url(model, "add"))
    fields = page.context["adminform"].form.fields
    linked = {name for name, field in fields.items() if isinstance(field, ModelChoiceField)}
    answer = administrator.post(admin_url(model, "add"), form_of(page).entries | dict.fromkeys(linked, nonsense))
    assert answer.status_code == 200
    assert linked <= set(errors(answer))


@pytest.mark.parametrize("nonsense", ["abc", HUGE])
@each(WITH_ROWS)
def test_so_it_is_in_a_row(model, nonsense, world: World, administrator):
    form = form_of(administrator.get(admin_url(model, "add")))
    rows = [form.add_row(prefix_of(inline, model)) for inline in inlines(model)]
    entered = {name: nonsense for name in form.entries if name.startswith(tuple(rows)) and name in form.fields}
    assert administrator.post(admin_url(model, "add"), form.entries | entered).status_code == 200


@FEW
@given(nonsense=NONSENSE, model=pick(WRITTEN))
def test_no_form_fails_whatever_is_sent(nonsense, model, world: World, administrator):
    entered = dict.fromkeys(form_of(administrator.get(admin_url(model, "add"))).entries, nonsense)
    # A number is no nonsense where every field may hold one.
    fine = {200, 403, 302} if nonsense.isdecimal() else {200, 403}
    assert administrator.post(admin_url(model, "add"), entered).status_code in fine


@FEW
@given(nonsense=NONSENSE, model=pick(WRITTEN))
@example(nonsense="abc", model=Force)
def test_a_form_opens_whatever_its_address_fills_in(nonsense, model, world: World, administrator):
    address = admin_url(model, "add")
    names = [*form_of(administrator.get(address)).fields, "expected_version", "_popup", "_changelist_filters", "field"]
    page = administrator.get(address, dict.fromkeys(names, nonsense))
    assert page.status_code == 200
    assert form_of(page).value("expected_version") == "1"


def parameters(model: type[Model]) -> list[str]:
    """What the search, the pages and the filters of its list read from the address."""
    each = admin.site._registry[model]
    filters = [name if isinstance(name, str) else name[0] for name in each.list_filter if not isinstance(name, type)]
    dates = (
        [f"{each.date_hierarchy}__{part}" for part in ("year", "month", "day", "gte")] if each.date_hierarchy else []
    )
    links = [f"{name}{suffix}" for name in filters for suffix in ("__exact", "__id__exact", "__isnull", "__in")]
    return ["q", "o", "p", "all", "region", "_to_field", "organisation__id__exact", "nonsense", *dates, *links]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nonsense=NONSENSE, model=pick(MODELS), data=st.data())
def test_a_list_opens_whatever_its_address_filters_by(nonsense, model, data, world: World, administrator):
    sent = {data.draw(st.sampled_from(parameters(model))): nonsense}
    assert administrator.get(admin_url(model, "changelist"), sent, follow=True).status_code in {200, 400}


@pytest.mark.parametrize("year", ["9999", "0", "99999999999", HUGE])
@pytest.mark.parametrize("model", [model for model in MODELS if admin.site._registry[model].date_hierarchy])
def test_a_list_opens_at_whatever_year(model, year, world: World, administrator):
    sent = {f"{admin.site._registry[model].date_hierarchy}__year": year}
    page = administrator.get(admin_url(model, "changelist"), sent, follow=True)
    assert page.status_code == 200
    assertContains(page, "all of it is shown")


@pytest.mark.parametrize("value", ["abc", HUGE])
def test_a_list_says_that_it_could_not_be_filtered(value, world: World, administrator):
    page = administrator.get(admin_url(Force, "changelist"), {"memberships__region__id__exact": value}, follow=True)
    assertContains(page, "something that this list cannot be filtered by: all of it is shown")


@FEW
@given(nonsense=NONSENSE.filter(lambda text: "\x00" not in text), model=pick(MODELS))
@example(nonsense="abc", model=Force)
@example(nonsense=HUGE, model=Force)
def test_no_record_is_at_such_an_address(nonsense, model, world: World, administrator):
    key = nonsense if not is_key(nonsense) or nonsense == HUGE else "x" + nonsense
    for page in ("change", "history", "delete"):
        address = admin_url(model, page, 0).replace("/0/", f"/{quote(key, safe='')}/")
        assert administrator.get(address).status_code in {302, 403, 404}


def test_a_key_in_other_digits_is_no_address(world: World, administrator):
    force = Force.objects.first()
    arabic = str(force.pk).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    address = admin_url(Force, "change", force.pk)
    assert administrator.get(address).status_code == 200
    assert administrator.get(address.replace(f"/{force.pk}/", f"/{arabic}/")).status_code == 404


@FEW
@given(nonsense=NONSENSE)
def test_a_record_is_looked_up_by_any_words(nonsense, world: World, administrator):
    looked_up = [(model, name) for model in WRITTEN for name in admin.site._registry[model].autocomplete_fields]
    for model, name in looked_up[::6]:
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
        assert administrator.get("/admin/autocomplete/", asked | {"term": nonsense}).status_code == 200
