"""Rows stand in the same order on every database: what may be empty says where the empty ones stand."""

import pytest
from django.apps import apps
from django.db.models import Model

from soc_tracker.core.lists.paging import field_of
from soc_tracker.core.records.models import Tracked

MODELS = [model for model in apps.get_models() if issubclass(model, Tracked)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_order_by_what_may_be_empty_says_where_the_empty_stand(model: type[Model]) -> None:
    paths = [each.removeprefix("-") for each in model._meta.ordering if isinstance(each, str)]
    assert [path for path in paths if path != "pk" and field_of(model._default_manager.all(), path)[1]] == []
