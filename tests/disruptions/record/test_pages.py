"""The page of one disruption: what the record says and said of it, and the forms that correct and withdraw it."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, withdraw_disruption
from tests.makers import REASON, make_author, make_disruption, make_extract, make_organisation, make_threat

pytestmark = pytest.mark.django_db
CORRECTED, WITHDRAWN = date(2022, 6, 1), date(2022, 9, 1)


@pytest.fixture
def disruption() -> Disruption:
    extract = make_extract(file_name="national.csv", as_at=date(2022, 4, 1))
    return make_disruption(four_p="prevent", summary="A courier <b>stopped</b>.", extract=extract, extract_line=1234)


def told(disruption: Disruption, on: date) -> dict:
    return {"on": on, "by": make_author(), "reason": REASON, "expected_version": disruption.version}


@pytest.fixture
def corrected(disruption) -> Disruption:
    return correct_disruption(disruption, {"four_p": "protect", "size": "major"}, **told(disruption, CORRECTED))


def text_of(client, disruption: Disruption, query: str = "") -> str:
    response = client.get(f"{disruption.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_the_record_says_and_where_that_comes_from(disruption, inspector):
    text = text_of(inspector, disruption)
    for words in ("DIS-2022-0000001", "Cheshire", "Prevent", "Moderate", "15 March 2022", "OCG-0000001", "Lead"):
        assert words in text
    assert "A courier &lt;b&gt;stopped&lt;/b&gt;." in text
    assert f'href="{disruption.extract.get_absolute_url()}">national.csv, row 1,234, as at 1 April 2022</a>' in text
    assert "soc-kind--recorded" in text
    assert "As at 1 April 2022: all that is on record." in text


def test_a_row_entered_by_hand_says_so(inspector):
    assert "Entered on this site" in text_of(inspector, make_disruption())


def test_a_correction_shows_both_states_with_what_changed(corrected, inspector):
    response = inspector.get(corrected.get_absolute_url())
    spells = response.context["spells"]
    assert [spell.when for spell in spells] == ["from 1 June 2022", "15 March 2022 to 31 May 2022"]
    assert [spell.title for spell in spells] == ["Restated: Protect, major, lead", "Added: Prevent, moderate, lead"]
    differences = {(each.field, each.before, each.after) for each in spells[0].differences}
    assert {("4P", "Prevent", "Protect"), ("Size", "Moderate", "Major")} <= differences
    assert "Protect" in str(response.context["summary"])
    assert [change.kind.label for change in response.context["changes"]] == ["Changed", "Added"]


def test_a_day_in_the_past_shows_what_was_said_then(corrected, inspector):
    response = inspector.get(f"{corrected.get_absolute_url()}?as_at=2022-05-31")
    assert ("4P", "Prevent") in response.context["summary"]
    assert "This is what the record said until 31 May 2022. It has been corrected since." in response.content.decode()
    assert ("4P", "Protect") in inspector.get(f"{corrected.get_absolute_url()}?as_at=2022-06-01").context["summary"]


def test_before_it_was_known_it_is_not_on_record(disruption, inspector):
    text = text_of(inspector, disruption, "?as_at=2022-03-14")
    assert "Not on record as at 14 March 2022: it became known on 15 March 2022." in text
    assert "Where it comes from" not in text


def test_a_withdrawn_one_says_so_plainly(corrected, inspector):
    withdraw_disruption(corrected, **told(corrected, WITHDRAWN))
    text = text_of(inspector, corrected)
    assert "It was withdrawn on 1 September 2022." in text
    earlier = text_of(inspector, corrected, "?as_at=2022-08-31")
    assert "Withdrawn on 1 September 2022: no figure from that day on counts it." in earlier


def test_queries_do_not_grow_with_states(disruption, inspector, django_assert_max_num_queries):
    for number in range(6):
        disruption = correct_disruption(
            disruption, {"summary": f"Version {number}"}, **told(disruption, date(2022, 5, 1 + number))
        )
    inspector.get(disruption.get_absolute_url())
    with django_assert_max_num_queries(12):
        inspector.get(disruption.get_absolute_url())


@pytest.mark.parametrize("query", ["?as_at=2099-01-01", "?as_at=x", "?colour=red", "?data=recorded"])
def test_what_is_not_understood_is_named(disruption, inspector, query):
    response = inspector.get(disruption.get_absolute_url() + query)
    assert response.status_code == 400
    assert "Prevent" not in response.content.decode()


def test_one_that_does_not_exist_is_not_found(inspector, client):
    assert inspector.get("/disruptions/DIS-0/").status_code == 404
    assert client.get("/disruptions/DIS-0/").status_code == 302


def entered(disruption: Disruption, **more) -> dict:
    """What the form holds as it comes, with some of it changed."""
    values = {
        "organisation": disruption.organisation_id,
        "involvement": disruption.involvement,
        "supported": disruption.supported_id or "",
        "four_p": disruption.four_p,
        "size": disruption.size,
        "activity_date": disruption.activity_date.isoformat(),
        "added_date": disruption.added_date.isoformat(),
        "threat": disruption.threat.reference,
        "crime_type": disruption.crime_type_id or "",
        "summary": disruption.summary,
        "expected_version": disruption.version,
        "on": localdate().isoformat(),
        "reason": "Read again.",
    }
    return {"do": "correct", **{f"correct-{name}": value for name, value in (values | more).items()}}


def withdrawal(disruption: Disruption, do: str = "withdraw", **more) -> dict:
    values = {"expected_version": disruption.version, "on": localdate().isoformat(), "reason": "Recorded twice."} | more
    return {"do": do, **{f"{do}-{name}": value for name, value in values.items()}}


def test_an_analyst_corrects_it_from_today_on(disruption, analyst, make_user):
    make_threat("PI-0000009")
    response = analyst.post(disruption.get_absolute_url(), entered(disruption, four_p="prepare", threat="PI-0000009"))
    assert (response.status_code, response.url) == (302, disruption.get_absolute_url())
    disruption.refresh_from_db()
    assert (disruption.four_p, disruption.threat.reference) == ("prepare", "PI-0000009")
    assert (disruption.known_from, disruption.version) == (localdate(), 2)
    assert disruption.earlier_states.get().four_p == "prevent"
    assert disruption.history.latest().history_change_reason == "Read again."
    text = text_of(analyst, disruption)
    assert "The disruption has been corrected." in text
    assert "Read again." in text


def test_it_is_withdrawn_and_put_back(disruption, administrator):
    administrator.post(disruption.get_absolute_url(), withdrawal(disruption))
    disruption.refresh_from_db()
    assert disruption.withdrawn_on == localdate()
    response = administrator.get(disruption.get_absolute_url())
    assert list(response.context["forms"]) == ["reinstate"]
    administrator.post(disruption.get_absolute_url(), withdrawal(disruption, "reinstate"))
    disruption.refresh_from_db()
    assert disruption.withdrawn_on is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": ""}, "Say why: the reason is kept with the change."),
        ({"on": "2099-01-01"}, "Choose a day up to today."),
        ({"on": "2022-03-01"}, "choose that day or a later one."),
        ({"added_date": "2022-03-01"}, "It was added before it happened."),
        ({"involvement": "support"}, "Only regional units and national agencies support; a police force leads."),
        ({"threat": "OCG-9"}, "No threat fits “"),
        ({"four_p": "persue"}, "Select a valid choice."),
        ({"activity_date": ""}, "Give a date."),
    ],
)
def test_what_cannot_be_written_is_said_beside_its_field_and_nothing_is_written(disruption, analyst, more, said):
    response = analyst.post(disruption.get_absolute_url(), entered(disruption, **{"size": "major"} | more))
    assert response.status_code == 400
    text = response.content.decode()
    assert said in text
    assert "There is a problem" in text
    stored = Disruption.objects.current().get(reference=disruption.reference)
    assert (stored.version, stored.size) == (1, "moderate")


def test_the_slower_of_two_is_shown_how_it_stands_and_may_send_again(disruption, analyst):
    late = entered(disruption, size="minor")
    analyst.post(disruption.get_absolute_url(), entered(disruption, size="major"))
    response = analyst.post(disruption.get_absolute_url(), late)
    assert response.status_code == 409
    text = response.content.decode()
    assert "was changed by somebody else in the meantime" in text
    assert ("Size", "Major") in response.context["summary"]
    assert response.context["forms"]["correct"]["expected_version"].value() == "2"
    assert response.context["forms"]["correct"]["size"].value() == "minor"
    assert Disruption.objects.current().get(reference=disruption.reference).size == "major"
    again = analyst.post(disruption.get_absolute_url(), late | {"correct-expected_version": "2"})
    assert again.status_code == 302
    assert Disruption.objects.current().get(reference=disruption.reference).size == "minor"


def test_the_slower_of_two_keeps_what_the_other_changed_in_fields_that_they_left_alone(disruption, analyst):
    late = entered(disruption, size="minor")
    analyst.post(disruption.get_absolute_url(), entered(disruption, four_p="prepare"))
    response = analyst.post(disruption.get_absolute_url(), late)
    assert response.status_code == 409
    form = response.context["forms"]["correct"]
    assert (form["size"].value(), form["four_p"].value()) == ("minor", "prepare")
    rows = [(row.field, row.opened, row.stored, row.entered) for row in form.conflict.rows]
    assert rows == [
        ("4P", "Prevent", "Prepare", "left as it was"),
        ("Size", "Moderate", "Moderate", "Minor"),
    ]


def test_what_may_not_be_done_is_not_done(disruption, analyst):
    assert analyst.post(disruption.get_absolute_url(), {"do": "delete"}).status_code == 400
    assert analyst.post(disruption.get_absolute_url(), withdrawal(disruption, "reinstate")).status_code == 400
    assert Disruption.objects.get().version == 1


@pytest.mark.parametrize("role", ["inspector", "lead_responsible_officer"])
def test_others_read_and_do_not_write(disruption, role, request):
    client = request.getfixturevalue(role)
    assert "Correct this disruption" not in text_of(client, disruption)
    for values in (entered(disruption, size="major"), withdrawal(disruption)):
        assert client.post(disruption.get_absolute_url(), values).status_code == 403
    assert Disruption.objects.get().version == 1


def test_a_support_disruption_says_for_whom(inspector):
    unit = make_organisation("NWROCU", kind="rocu")
    row = make_disruption("DIS-S", unit, involvement="support", supported=make_organisation())
    assert ("Supported", "Cheshire Constabulary", "/forces/cheshire/") in inspector.get(row.get_absolute_url()).context[
        "summary"
    ]
