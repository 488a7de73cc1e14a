"""A figure that was cited is the same under its two clocks for good, and its address says what moved it since."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings

from disruptions.choices import DataKind
from disruptions.citations.models import Citation
from disruptions.citations.pages import figure_of
from disruptions.citations.queries import differences
from disruptions.known.queries import as_known
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.undo.services import undo
from soc_tracker.core.access.roles import Role
from tests.disruptions.known.test_queries import STEPS, take
from tests.disruptions.loading.extracts import AS_AT, disruption, loaded, make_bodies
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db
LATER = AS_AT + timedelta(days=30)
LIST = "/disruptions/?four_p=pursue"


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


@pytest.fixture
def analyst(sign_in):
    return sign_in(Role.ANALYST)


def cited(client, of=LIST, report=""):
    """Cite as a reader does: the form that the link leads to, sent as it is."""
    shown = client.get(reverse("cite"), {"of": of, "report": report})
    assert shown.status_code == 200, shown.content.decode()[:500]
    form = shown.context["form"]
    answer = client.post(reverse("cite"), {name: form[name].value() for name in ("of", "report")})
    assert answer.status_code == 302
    return Citation.objects.latest("pk")


def shown(client, citation):
    answer = client.get(citation.get_absolute_url())
    assert answer.status_code == 200
    return answer


def recomputed(client, citation):
    """Under its two clocks."""
    with as_known(citation.known):
        return figure_of(client.get(LIST).wsgi_request, citation.page, citation.report).value


def test_a_citation_keeps_all_that_tells_what_the_figure_is(path, analyst):
    loaded(path, [disruption(1), disruption(2)])
    citation = cited(analyst)
    assert citation.value["rows"] == [["Disruptions", "2"]]
    assert (citation.as_at, citation.kind_of_data) == (AS_AT, "recorded")
    assert "Pursue" in citation.filter
    assert f"as_at={AS_AT.isoformat()}" in citation.page
    assert citation.history.count() == 1
    assert "The same today." in shown(analyst, citation).content.decode()


def test_one_that_has_moved_says_by_which_extract(path, analyst):
    loaded(path, [disruption(1), disruption(2)])
    citation = cited(analyst)
    extract = loaded(path, [disruption(number) for number in range(1, 6)], as_at=LATER).extract
    answer = shown(analyst, citation)
    (move,) = answer.context["moves"]
    assert "It has moved." in answer.content.decode()
    assert move.event.url == extract.get_absolute_url()
    assert [(each.before, each.after) for each in move.differences] == [("2", "5")]
    assert recomputed(analyst, citation) == citation.value


def test_a_correction_and_an_undoing_are_told_too(path, analyst):
    loaded(path, [disruption(1), disruption(2)])
    extract = loaded(path, [disruption(3)], as_at=LATER).extract
    citation = cited(analyst)
    row = Disruption.objects.current().get(reference="DIS-2022-0000001")
    correct_disruption(
        row, {"four_p": "prevent"}, on=LATER, by=make_author(), reason="Misread.", expected_version=row.version
    )
    undo(extract, by=make_author(), reason=REASON, expected_version=extract.version)
    first, second = shown(analyst, citation).context["moves"]
    assert "Misread." in first.event.words
    assert "was undone" in second.event.words
    assert recomputed(analyst, citation) == citation.value


def test_what_was_loaded_and_undone_leaves_it_the_same(path, analyst):
    loaded(path, [disruption(1)])
    citation = cited(analyst)
    extract = loaded(path, [disruption(2)], as_at=LATER).extract
    undo(extract, by=make_author(), reason=REASON, expected_version=extract.version)
    assert "The same today." in shown(analyst, citation).content.decode()


@pytest.mark.parametrize(
    ("address", "report"),
    [
        ("disruptions:disruption_charts", "by-month"),
        ("disruptions:disruption_charts", "shares-by-organisation"),
        ("disruptions:cross_table", ""),
        ("disruptions:delays", ""),
    ],
)
def test_reports_are_cited_and_recomputed(path, analyst, address, report):
    loaded(path, [disruption(1), disruption(2, four_p="Prevent")])
    page = analyst.get(reverse(address))
    slug = report or next(iter(page.context["reports"]))
    link = parse_qs(urlsplit(page.context["reports"][slug].urls["cite"]).query)
    citation = cited(analyst, link["of"][0], link["report"][0])
    loaded(path, [disruption(3), disruption(1, assessment="Major")], as_at=LATER)
    assert recomputed(analyst, citation) == citation.value


def test_a_figure_as_it_was_known_earlier_is_cited_as_that(path, analyst):
    first = loaded(path, [disruption(1)]).extract
    loaded(path, [disruption(2)], as_at=LATER)
    citation = cited(analyst, f"{LIST}&known={first.pk}")
    assert citation.value["rows"] == [["Disruptions", "1"]]
    assert recomputed(analyst, citation) == citation.value
    assert "It has moved." in shown(analyst, citation).content.decode()


def test_one_s_own_citations_say_which_have_moved(path, analyst, sign_in):
    loaded(path, [disruption(1), disruption(2, four_p="Prevent")])
    cited(analyst)
    cited(analyst, "/disruptions/?four_p=prevent")
    loaded(path, [disruption(3)], as_at=LATER)
    html = analyst.get(reverse("disruptions:citation_list")).content.decode()
    assert (html.count(">the same today<"), html.count(">moved<")) == (1, 1)
    assert not sign_in(Role.INSPECTOR).get(reverse("disruptions:citation_list")).context["rows"]


@pytest.mark.parametrize(
    "of", ["/nowhere/", "/bodies/", "//example.org/disruptions/", "/disruptions/?colour=red", "https://example.org/"]
)
def test_what_is_no_figure_of_the_record_is_not_cited(path, analyst, of):
    loaded(path, [disruption(1)])
    assert analyst.get(reverse("cite"), {"of": of}).status_code == 404
    assert not Citation.objects.exists()


def test_lists_and_reports_lead_to_it(path, analyst):
    loaded(path, [disruption(1)])
    for address in ("disruption_list", "threat_list", "disruption_charts"):
        assert "Cite this figure" in analyst.get(reverse(f"disruptions:{address}")).content.decode()


def test_illustrative_data_says_so(path, analyst):
    loaded(path, [disruption(1)], kind=DataKind.ILLUSTRATIVE)
    citation = cited(analyst, "/disruptions/?data=illustrative")
    assert citation.kind_of_data == "illustrative"
    assert "soc-illustrative" in shown(analyst, citation).content.decode()


@given(steps=STEPS)
@settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_citation_is_the_same_under_its_two_clocks_whatever_comes_after(path, analyst, steps):
    with transaction.atomic():
        loaded(path, [disruption(1), disruption(2, four_p="Prevent")])
        addresses = [LIST, f"/disruptions/?as_at={AS_AT.isoformat()}", "/threats/", "/disruptions/charts/"]
        as_at, citations = AS_AT, []
        for step in steps:
            as_at += timedelta(days=step["days"])
            take(step, path, as_at)
            citations += [cited(analyst, each, "by-month" if "charts" in each else "") for each in addresses]
        for citation in citations:
            assert differences(citation.value, recomputed(analyst, citation)) == []
            answer = shown(analyst, citation)
            is_same = figure_of(answer.wsgi_request, citation.page, citation.report).value == citation.value
            assert ("The same today." in answer.content.decode()) == is_same
            assert bool(answer.context["moves"]) != is_same
        transaction.set_rollback(True)
