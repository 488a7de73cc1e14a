"""A missing variable fails in the project's templates, and in no other's."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.templates import OURS, MissingVariableError


def template(text: str, name: str) -> Template:
    engine = engines["django"].engine
    return Template(text, origin=Origin(name), engine=engine)


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ given.nothing }}", "{{ nobody|upper }}", "{% with a=1 %}{{ b }}{% endwith %}"]
)
def test_ours_fails(text):
    with pytest.raises(MissingVariableError, match=r"page\.html reads"):
        template(text, str(OURS / "page.html")).render(Context({"given": {}}))


def test_ours_may_ask_whether_a_variable_is_there():
    text = "{% if nobody %}yes{% else %}no{% endif %}"
    assert template(text, str(OURS / "page.html")).render(Context()) == "no"


def test_ours_fails_inside_somebody_elses():
    inner = template("{{ nobody }}", str(OURS / "inner.html"))
    outer = template("{% include inner %}", "/elsewhere/outer.html")
    with pytest.raises(MissingVariableError):
        outer.render(Context({"inner": inner}))


def test_somebody_elses_may_read_what_is_missing():
    text = "{{ nobody|default:'none' }}{{ nobody }}"
    assert template(text, "/elsewhere/page.html").render(Context()) == "none"
