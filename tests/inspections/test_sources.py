"""Documents with their addresses, and facts of which several documents speak."""

import pytest
from django.contrib.admin.sites import site
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import PublishedFigure
from inspections.gradings.services import GRADINGS
from inspections.programmes.services import CITATIONS, SOURCE_KINDS, SOURCES
from inspections.sources.models import FACTS, Citation, SourceDocument, SourceKind
from tests.forms import admin_url, save
from tests.makers import REASON, make_author, make_finding, make_grading, make_inspection, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def grading():
    region = baker.make(Region, name="North West", slug="north-west")
    return make_grading(make_inspection(region), make_member(region))


@pytest.fixture
def article():
    kind = SourceKind.objects.get(slug="news")
    values = {"slug": "article", "title": "An article", "publisher": "A paper", "licence": "all_rights_reserved"}
    return SOURCES.create(values, kind=kind, address="https://example.org/a", by=make_author(), reason=REASON)


def cite(fact, source, **more):
    values = {"stance": "contradicts", "locator": "line 3", "wording": "good"} | more
    return CITATIONS.create(values, source=source, by=make_author(), reason=REASON, **fact)


def test_a_source_that_contradicts_is_shown_and_the_fact_stays(grading, article, inspector):
    cite({"grading": grading}, article)
    page = inspector.get(grading.get_absolute_url()).content.decode()
    for text in ("Adequate", "Says otherwise", "An article", "line 3", "good", article.get_absolute_url()):
        assert text in page
    page = inspector.get(article.get_absolute_url()).content.decode()
    for text in ("Says otherwise", grading.get_absolute_url(), 'href="https://example.org/a"'):
        assert text in page


def test_files_and_api_carry_every_source(grading, article, inspector):
    cite({"grading": grading}, article)
    cite({"grading": grading}, article, stance="adds", locator="line 4", wording="")
    line = b"".join(inspector.get(reverse("inspections:grading_list"), {"format": "csv"})).decode()
    assert "Says otherwise: An article, line 3: good; Adds to it: An article, line 4" in line
    (row,) = inspector.get("/api/v1/gradings/").json()["results"]
    assert row["citations"] == [
        {"stance": "contradicts", "source": "article", "locator": "line 3", "wording": "good"},
        {"stance": "adds", "source": "article", "locator": "line 4", "wording": ""},
    ]


def test_the_place_of_the_fact_itself_is_no_further_source(grading, article):
    with pytest.raises(ValidationError, match="name another"):
        cite({"grading": grading}, grading.source, locator=grading.locator)


def test_a_citation_is_about_one_fact(grading, article):
    finding = make_finding(grading.inspection, organisation=grading.organisation, region=None)
    with pytest.raises(ValidationError, match="about one fact"):
        cite({"grading": grading, "finding": finding}, article)
    with pytest.raises(ValidationError, match="about one fact"):
        cite({}, article)
    stored = cite({"grading": grading}, article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=stored.pk).update(finding=finding)


def test_a_citation_goes_with_its_fact_and_holds_its_source(grading, article):
    cite({"grading": grading}, article)
    with pytest.raises(ProtectedError), transaction.atomic():
        SOURCES.remove(article, by=make_author(), reason=REASON, expected_version=1)
    GRADINGS.remove(grading, by=make_author(), reason=REASON, expected_version=1)
    assert not Citation.objects.exists()


def test_an_administrator_adds_a_kind_of_source_and_a_document_of_it(administrator, inspector):
    SOURCE_KINDS.create(label="Court judgment", slug="judgment", by=make_author(), reason=REASON)
    save(
        administrator,
        admin_url(SourceDocument, "add"),
        title="A judgment",
        slug="a-judgment",
        publisher="A court",
        kind="judgment",
        licence="ogl",
        address="https://example.org/judgment",
        change_reason="Found.",
    )
    page = inspector.get(reverse("inspections:source_list"), {"kind": "judgment"}).content.decode()
    assert "A judgment" in page
    assert "Court judgment" in page


def test_every_kind_of_fact_takes_further_sources_in_the_admin():
    facts = {field.related_model for field in Citation._meta.fields if field.name in FACTS}
    offered = {
        model for model, admin in site._registry.items() if any(each.model is Citation for each in admin.inlines)
    }
    assert facts == offered


def test_addresses_are_those_of_the_web(grading):
    with pytest.raises(ValidationError):
        SOURCES.change(
            grading.source, {"address": "javascript:alert(1)"}, by=make_author(), reason=REASON, expected_version=1
        )


def test_a_report_speaks_before_what_repeats_it(reference):
    assert SourceKind.objects.get(first_hand=True).slug == "report"
    assert PublishedFigure.objects.filter(source__kind__first_hand=True).exists()
