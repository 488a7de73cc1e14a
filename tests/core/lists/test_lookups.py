"""Records are found by a reference however it is spelt, or by words; what is unclear is offered to choose from."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruptions.record.queries import THREATS
from disruptions.threats.models import Threat
from soc_tracker.core.lists.lookups import SHOWN, Entry, LookupField, LookupsField, spellings
from tests.makers import make_organisation, make_threat

pytestmark = pytest.mark.django_db


@pytest.fixture
def fenland() -> Threat:
    return make_threat("OCG-0004711", make_organisation(), name="Fenland")


def field(**more) -> LookupField:
    return LookupField(Threat.objects.select_related("organisation"), THREATS, **more)


def several() -> LookupsField:
    return LookupsField(Threat.objects.select_related("organisation"), THREATS, required=False)


@pytest.mark.parametrize(
    "text",
    ["OCG-0004711", "ocg-0004711", " OCG 0004711 ", "ocg0004711", "OCG–0004711", "OCG\u20110004711", "ocg - 0004711"],
)
def test_a_reference_is_found_however_it_is_spelt(fenland, text):
    assert field().clean(Entry(text)) == fenland


@pytest.mark.parametrize("text", ["Fenland", "fenland", "FEN", "“Fenland”".strip("“”"), "ocg-0004711 fenland"])
def test_a_name_is_found_by_its_words(fenland, text):
    found = THREATS.find(Threat.objects.all(), text)
    assert found.records == [fenland]


def test_a_number_that_is_nearly_right_finds_nothing_by_itself(fenland):
    refused = field()
    with pytest.raises(Exception, match="Choose the threat that you mean by “OCG-000471”"):
        refused.clean(Entry("OCG-000471"))
    assert [label for _, label, _ in refused.widget.offers] == ["OCG-0004711 Fenland, Cheshire Constabulary"]


def test_of_several_that_fit_one_is_chosen(fenland):
    other = make_threat("OCG-0004712", fenland.organisation, name="Fenland East")
    asked = field()
    with pytest.raises(Exception, match="Choose the threat that you mean by “fenland”"):
        asked.clean(Entry("fenland"))
    keys = [key for key, _, _ in asked.widget.offers]
    assert keys == [str(fenland.pk), str(other.pk)]
    assert asked.clean(Entry("fenland", (str(other.pk),))) == other


def test_what_does_not_fit_the_text_is_not_taken(fenland):
    other = make_threat("OCG-0004712", fenland.organisation, name="Marsh")
    assert field().clean(Entry("Fenland", (str(other.pk),))) == fenland


def test_so_many_are_offered_and_no_more(fenland):
    for number in range(SHOWN + 5):
        make_threat(f"OCG-00{number:02}", fenland.organisation, name="Marsh")
    asked = field()
    with pytest.raises(Exception, match="More than 10 threats fit “marsh”"):
        asked.clean(Entry("marsh"))
    assert len(asked.widget.offers) == SHOWN


@pytest.mark.parametrize("text", ["nothing of the kind", "---", "OCG-1", "%", "_", "\\"])
def test_what_fits_nothing_is_said(fenland, text):
    with pytest.raises(Exception, match="No threat fits"):
        field().clean(Entry(text))


def test_empty_is_no_record_or_refused(fenland):
    assert field(required=False).clean(Entry("")) is None
    with pytest.raises(Exception, match="Give a reference or a name"):
        field().clean(Entry(""))


def test_of_several_lines_each_names_one(fenland):
    other = make_threat("OCG-0004712", fenland.organisation, name="Marsh")
    assert several().clean(Entry("ocg 0004712\n\nFenland\nOCG-0004712")) == [other, fenland]


def test_of_several_lines_the_unclear_are_offered_and_the_rest_is_kept(fenland):
    east, west = (make_threat(f"OCG-000480{n}", fenland.organisation, name=f"Marsh {n}") for n in (1, 2))
    asked = several()
    with pytest.raises(Exception, match="Choose the threat that you mean by “marsh”"):
        asked.clean(Entry("OCG-0004711\nmarsh"))
    assert asked.clean(Entry("OCG-0004711\nmarsh", (str(east.pk), str(west.pk)))) == [fenland, east, west]


@pytest.mark.parametrize("lines", [1, 40])
def test_many_references_cost_no_more_queries(fenland, lines, django_assert_num_queries):
    threats = [make_threat(f"OCG-1{number:03}", fenland.organisation) for number in range(lines)]
    with django_assert_num_queries(1):
        assert len(several().clean(Entry("\n".join(threat.reference for threat in threats)))) == lines


def test_one_form_offers_nothing_of_another(fenland):
    make_threat("OCG-0004712", fenland.organisation, name="Fenland East")
    shared = field()
    own = deepcopy(shared)
    with pytest.raises(Exception, match="Choose"):
        own.clean(Entry("fenland"))
    assert (len(own.widget.offers), shared.widget.offers) == (2, [])


@given(st.lists(st.text(alphabet="ABCXYZ0189", min_size=1, max_size=6), min_size=1, max_size=4))
def test_every_reference_of_parts_is_among_its_spellings(parts):
    reference = "-".join(parts)
    for typed in (reference, reference.lower(), reference.replace("-", " "), reference.replace("-", "–")):
        assert reference in spellings(typed)
