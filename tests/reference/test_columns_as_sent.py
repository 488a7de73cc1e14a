"""What a value in a column of facts means: the order of days, signs for nothing, formulas that failed."""

from datetime import date

import pytest

from inspections.sources.models import SourceDocument
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.reference.imports import load_file

pytestmark = pytest.mark.usefixtures("reference")
OURS = SourceDocument.objects.filter(slug__startswith="doc-")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sources.csv"


def load(path, rows, answers=None, decision=Decision.GOOD):
    lines = ["slug,kind,title,publisher,published_on,published_precision,licence,address,note"]
    path.write_text("\n".join([*lines, *(",".join(row) for row in rows), ""]), "utf-8")
    arguments = {"by": None, "errors": None, "accepted": "", "finish": lambda: None, "answers": answers or {}}
    return load_file(path, path.name, decision, **arguments)


def source(at, day="", note=""):
    return (
        f"doc-{at}",
        "report",
        f"Document {at}",
        "Ambridge Press",
        day,
        "day" if day[:1].isdigit() else "",
        "ogl",
        f"https://ambridge.example/{at}",
        note,
    )


def test_days_with_the_month_first_are_asked_about_and_then_read_so(path):
    rows = [source(at, day) for at, day in enumerate(("7/13/2022", "3/4/2022", "12/25/2022"))]
    asked = load(path, rows)
    (question,) = asked.questions
    assert question.is_open
    assert (asked.written, OURS.count()) == (False, 0)
    load(path, rows, {question.key: "month"})
    days = OURS.order_by("slug").values_list("published_on", flat=True)
    assert list(days) == [date(2022, 7, 13), date(2022, 3, 4), date(2022, 12, 25)]


def test_signs_for_nothing_are_not_stated_and_counted(path):
    outcome = load(path, [source(1, "TBC", "[c]"), source(2, "..", "0")])
    assert outcome.refused == 0
    assert set(OURS.values_list("published_on", "note")) == {(None, ""), (None, "0")}
    assert len([note for note in outcome.notes if "taken as not stated" in note]) == 2


def test_a_formula_that_failed_is_refused(path):
    outcome = load(path, [source(1, "#REF!")])
    (fault,) = outcome.refusals
    assert "a formula of the spreadsheet has failed here" in fault.expected
