"""What is searched is what is written, however a row is written: by a form, by a file, or before rows had it."""

import pytest
from django.apps import apps

from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.threats.models import Threat
from disruptions.threats.services import CRIME_TYPES, THREATS
from soc_tracker.core.text.normal import fill, folded_fields
from tests.disruptions.loading.extracts import AS_AT, FORCES, disruption, make_bodies, write
from tests.makers import REASON, make_author, make_disruption, make_threat

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if folded_fields(model) and not model._meta.proxy]


def unlike(model: type) -> list[tuple[str, str]]:
    """The folded columns of stored rows that are not their texts, folded."""
    return [
        (str(row), field.name)
        for field in folded_fields(model)
        for row in model._base_manager.all()
        if getattr(row, field.attname) != field.text_of([str(getattr(row, source)) for source in field.sources])
    ]


def test_everything_of_the_reference_data_is_folded(reference):
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert len(filled) > 5
    assert {model.__name__: rows for model in filled if (rows := unlike(model))} == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_history_holds_what_was_written_and_not_what_searching_makes_of_it(model):
    names = {field.name for field in model.history.model._meta.fields}
    assert not names & {field.name for field in folded_fields(model)}


def test_each_state_of_a_disruption_is_folded(db):
    row = make_disruption(summary="Café")
    correct_disruption(row, {"summary": "Pub"}, on=AS_AT, by=make_author(), reason=REASON, expected_version=1)
    assert Disruption.objects.count() == 2
    assert unlike(Disruption) == []


def test_a_file_of_disruptions_is_folded_also_where_it_changes_rows_or_leaves_their_summaries_alone(
    run_command, tmp_path
):
    make_bodies()
    CRIME_TYPES.create(name="Drugs supply", slug="drugs-supply", by=make_author(), reason=REASON)
    rows = [disruption(number, threat_ref=f"OCG-000000{number}", summary="Naïve – “Café”") for number in (1, 2, 3)]
    assert run_command("load_extract", "disruptions", write(tmp_path / "1.csv", rows), "--as-at", "2022-06-01")[0] == 0
    rows[0]["summary"] = "Ŵrexham"
    assert run_command("load_extract", "disruptions", write(tmp_path / "2.csv", rows), "--as-at", "2022-07-01")[0] == 0
    for row in rows:
        del row["summary"]
    rows[1]["four_p"] = "Prevent"
    assert run_command("load_extract", "disruptions", write(tmp_path / "3.csv", rows), "--as-at", "2022-08-01")[0] == 0
    assert unlike(Disruption) == unlike(Threat) == []
    assert [row.four_p for row in Disruption.objects.mentioning("cafe").current().order_by("pk")] == [
        *("prevent", "pursue")
    ]
    assert Disruption.objects.mentioning("wrexham").count() == 1
    assert Threat.objects.filter(folded__contains="ocg 0000002").count() == 1


def test_a_file_of_threats_is_folded(run_command, tmp_path):
    make_bodies()
    row = {"threat_ref": "OCG-1", "type": "OCG", "organisation": FORCES[0], "name": "Opération Dŵr", "soc": "Yes"}
    row |= {"tier": "2", "phase": "Active", "assessment_type": "Tactical", "moderation": "Moderated"}
    for number, name in enumerate(("Opération Dŵr", "Môn")):
        file = write(tmp_path / f"{number}.csv", [row | {"name": name}])
        assert run_command("load_extract", "threats", file, "--as-at", f"2022-0{number + 1}-01")[0] == 0
        assert unlike(Threat) == []
    assert Threat.objects.get().folded.endswith("mon")


def test_a_change_renews_the_words_and_a_change_to_nothing_is_none(db):
    threat = make_threat("OCG-1", name="Fénland")
    changed = THREATS.change(threat, name="Ashdown", by=make_author(), reason=REASON, expected_version=1)
    assert changed.folded == "ocg 1\nashdown"
    same = THREATS.change(changed, name="Ashdown", by=make_author(), reason=REASON, expected_version=2)
    assert same.version == 2


def test_what_was_stored_before_is_filled_in(db):
    threats = [make_threat(f"OCG-{number}", name="Môn") for number in range(3)]
    Threat.objects.update(folded="")
    fill(Threat.objects.exclude(pk=threats[0].pk))
    assert [row.folded for row in Threat.objects.order_by("pk")] == ["", "ocg 1\nmon", "ocg 2\nmon"]
