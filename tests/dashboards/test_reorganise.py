"""Rehearsing and carrying out what bodies become: from a file, and on the administrator's page."""

import json
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from zeal import zeal_ignore

from forces.models import Membership, Organisation, Reorganisation, Succession
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.reorganisations.queries import facts_of_pages
from tests.core.imports.reading import workbook
from tests.dashboards.making import make_lead
from tests.makers import make_author, make_grading, make_inspection, make_member

pytestmark = pytest.mark.django_db
ON = "2024-04-01"
MERGER = {
    "kind": "merger",
    "on": ON,
    "before": "Cheshire Constabulary\ncumbria",
    "new": "Border Police; Border; E23000099",
    "source": "An order",
}
PAGE, BY_FILE = "/reorganise/", "/reorganise/file/"


@pytest.fixture(autouse=True)
def bodies(north_west) -> None:
    cheshire, cumbria = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
    make_grading(make_inspection(north_west), cheshire, "good")
    make_lead(cheshire, pursue=3)
    make_lead(cumbria, start=100, pursue=2)


@pytest.fixture
def administrator(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def stored() -> list[list[dict[str, Any]]]:
    models = (Organisation, Membership, Succession, Reorganisation)
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        list(model.history.order_by("history_id").values()) for model in models
    ]


def run(path: Path, capsys, *options: str) -> tuple[str, str, int]:
    code = 0
    try:
        call_command("reorganise", str(path), "--by", make_author().username, *options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return (*capsys.readouterr(), code)


class TestFile:
    @pytest.fixture
    def as_json(self, tmp_path) -> Path:
        path = tmp_path / "acts.json"
        row = {**MERGER, "before": ["Cheshire Constabulary", "CUMBRIA"], "new": ["Border Police; Border"]}
        path.write_text(json.dumps([row]))
        return path

    @pytest.fixture
    def as_csv(self, tmp_path) -> Path:
        path = tmp_path / "acts.csv"
        path.write_text(
            "kind,on,before,new,source\n"
            "Merger,1 April 2024,Cheshire Constabulary|Cumbria,Border Police; Border,An order\n"
            "split,1 April 2027,Border Police,North Border Police; North Border|South Border Police,Another order\n"
        )
        return path

    def test_a_rehearsal_lists_what_would_change_and_writes_nothing(self, as_json, capsys):
        before = stored()
        out, err, code = run(as_json, capsys, "--rehearse")
        assert (err, code) == ("", 0)
        assert "/forces/cheshire/ Exists: “with no dates” becomes “until 31 March 2024”" in out
        assert "/forces/border/ Grades: “–” becomes “0 and 1 of bodies before it”" in out
        assert "/forces/border/ Lead disruptions, boundaries of now: “–” becomes “5”" in out
        assert "/regions/north-west/ Bodies: “Cheshire and Cumbria” becomes “Border”" in out
        assert "/regions/north-west/ Lead disruptions" not in out
        assert stored() == before

    def test_rows_build_on_one_another_and_the_same_file_again_does_nothing(self, as_csv, capsys):
        out, err, _ = run(as_csv, capsys)
        assert (out, err) == ("Merger on 1 April 2024: carried out.\nSplit on 1 April 2027: carried out.\n", "")
        before = stored()
        out, _, _ = run(as_csv, capsys)
        assert out == "Nothing was written: all of it is on record.\n"
        assert stored() == before

    def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(self, tmp_path, capsys):
        path, before = tmp_path / "acts.csv", stored()
        path.write_text(
            "kind,on,before,region,source\n"
            "fusion,soon,Chesire Constabulary,Nowhere,\n"
            "move,2027-04-01,Cumbria,North West,An order\n"
        )
        out, err, code = run(path, capsys)
        assert (out, code) == ("", 1)
        for part in (
            "row 2: kind: “fusion” is none of merger",
            "row 2: on: “soon” is no day",
            "row 2: before: “Chesire Constabulary” is no body on record: did you mean Cheshire",
            "row 2: region: “Nowhere” is no region",
            "row 2: source: Say where",
            "row 3: Choose the region to which they move",
        ):
            assert part in err
        assert stored() == before

    @pytest.mark.parametrize("text", ["{", "[1]", '[{"date": "2027-04-01"}]'])
    def test_what_is_no_file_of_them_is_refused(self, text, tmp_path, capsys):
        path = tmp_path / "acts.json"
        path.write_text(text)
        out, err, code = run(path, capsys)
        assert (out, code) == ("", 2)
        assert "column" in err


class TestPage:
    def test_it_is_rehearsed_and_then_carried_out_and_undone(self, administrator):
        user = make_author()
        before, facts = stored(), facts_of_pages(user, date(2024, 4, 1))
        page = administrator.get(PAGE, MERGER).content.decode()
        assert stored() == before
        assert "0 and 1 of bodies before it" in page
        answer = administrator.post(PAGE, {**MERGER, "change_reason": "By order."})
        assert answer.url == "/forces/border/"
        act = Reorganisation.objects.get()
        remove = reverse("admin:forces_reorganisation_delete", args=[act.pk])
        answer = administrator.post(remove, {"change_reason": "Not after all.", "expected_version": act.version})
        assert answer.status_code == 302
        assert facts_of_pages(user, date(2024, 4, 1)) == facts

    def test_what_is_wrong_stands_with_what_was_typed(self, administrator):
        page = administrator.get(PAGE, {**MERGER, "before": "Chesire Constabulary"}).content.decode()
        assert "did you mean" in page
        assert "Chesire Constabulary</textarea>" in page
        page = administrator.get(PAGE, {**MERGER, "new": ""}).content.decode()
        assert "it takes 1 bodies after, and 0 are given" in page

    def test_it_is_for_administrators(self, inspector):
        assert inspector.get(PAGE).status_code == 403

    def test_the_list_in_the_administration_leads_there(self, administrator):
        page = administrator.get(reverse("admin:forces_reorganisation_changelist")).content.decode()
        assert f'href="{PAGE}"' in page


class TestFileInTheBrowser:
    """What the page holds after the rehearsal is what is sent to carry it out."""

    @pytest.fixture(autouse=True)
    def row_by_row(self) -> Iterator[None]:
        with zeal_ignore():  # each row is carried out on what those before it have made
            yield

    ROWS = (
        ("Kind", "On", "Before", "After", "New", "Region", "Source", "Reason"),
        ("merger", date(2024, 4, 1), "Cheshire Constabulary|Cumbria", "", "Border Police; Border", "", "An order", ""),
        ("renaming", "1 April 2026", "Border Police", "", "Dee Police", "", "Another order", "A new name."),
    )

    @pytest.fixture
    def send(self, administrator, tmp_path):
        path = tmp_path / "acts"

        def sent(suffix: str) -> HttpResponse:
            if suffix == "csv":
                path.write_text("\n".join(",".join(map(str, row)) for row in self.ROWS))
            else:
                workbook(path, self.ROWS)
            return administrator.post(BY_FILE, {"file": SimpleUploadedFile(f"acts.{suffix}", path.read_bytes())})

        return sent

    @pytest.mark.parametrize("suffix", ["csv", "xlsx"])
    def test_it_is_rehearsed_then_carried_out_and_again_does_nothing(self, administrator, send, suffix):
        before = stored()
        answer = send(suffix)
        page = answer.content.decode()
        assert stored() == before
        assert "becomes" not in page
        assert "Dee Police" in page
        rows = answer.context["form"]["rows"].value()
        assert escape(rows) in page
        answer = administrator.post(BY_FILE, {"rows": rows, "change_reason": "By order."}, follow=True)
        assert "Merger on 1 April 2024; Renaming on 1 April 2026: carried out." in answer.content.decode()
        reasons = Reorganisation.history.filter(history_type="+").order_by("pk").values_list("history_change_reason")
        assert [*reasons] == [("By order.",), ("A new name.",)]
        written = stored()
        answer = administrator.post(BY_FILE, {"rows": rows, "change_reason": "By order."}, follow=True)
        assert "Nothing was written: all of it was on record." in answer.content.decode()
        assert stored() == written

    def test_what_is_wrong_stands_beside_the_file(self, administrator):
        before = stored()
        for content, fault in (
            (b"kind,on,before,source\nfusion,soon,Chesire,", "“fusion” is none of merger"),
            (b"who,when\na,b", "“who” is no column"),
            (b"kind,on,before\n", "headings and no rows"),
            (b"\x00\x01", "acts.csv"),
        ):
            answer = administrator.post(BY_FILE, {"file": SimpleUploadedFile("acts.csv", content)})
            assert (answer.status_code, fault in unescape(answer.content.decode())) == (400, True)
        answer = administrator.post(BY_FILE, {"rows": '["no row"]', "change_reason": "By order."})
        assert "choose the file again" in answer.content.decode()
        assert stored() == before

    def test_a_reason_is_asked_for_and_the_rehearsal_stands_beside_it(self, administrator, send):
        rows = send("csv").context["form"]["rows"].value()
        answer = administrator.post(BY_FILE, {"rows": rows, "change_reason": ""})
        page = answer.content.decode()
        assert (answer.status_code, escape(rows) in page, "What would change" in page) == (400, True, True)


def test_a_name_leads_to_the_body_of_the_day(administrator):
    administrator.post(PAGE, {**MERGER, "change_reason": "By order."})
    later = {"kind": "renaming", "on": "2026-04-01", "before": "Cheshire Constabulary", "new": "Dee Police"}
    administrator.post(PAGE, {**later, "source": "An order", "change_reason": "By order."})
    assert Succession.objects.get(kind="renamed").predecessor.slug == "border"
