"""Drawing a piece of template in a test."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory


@pytest.fixture
def draw() -> Callable[..., str]:
    """What a template text gives on a page at ``path``, with the tags of this site loaded."""

    def drawn(text: str, path: str = "/findings/", *, method: str = "GET", **context: object) -> str:
        request = RequestFactory().generic(method, path)
        request.user = AnonymousUser()
        template = engines["django"].from_string("{% load soc %}" + text)
        text = " ".join(template.render(context, request).split())
        return re.sub(r"(<t[dh][^>]*>) ", r"\1", text).replace(" </", "</")

    return drawn
