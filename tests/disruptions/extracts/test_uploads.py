"""An upload from its file to the record, each step as the page and the worker take it."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django_tasks import default_task_backend
from python_calamine import CalamineWorkbook

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract, Upload
from disruptions.extracts.services import UPLOADS
from disruptions.record.models import Disruption
from soc_tracker.core.imports.uploads.files import held
from soc_tracker.core.imports.uploads.models import NEXT, UploadStage
from soc_tracker.core.imports.uploads.services import MOST_UNDER_WAY, may_become, state_of
from soc_tracker.core.imports.uploads.tasks import teller
from soc_tracker.core.records.history import changes_of
from soc_tracker.core.records.services import StaleRecordError
from tests.disruptions.extracts.uploading import (
    NOW,
    accepted,
    analyst,
    bad_file,
    check,
    checked,
    csv_file,
    good_file,
    left_working,
    load,
    on_disk,
    row,
    start_again,
    submitted,
    workbook,
)
from tests.makers import make_disruption, make_organisation

pytestmark = pytest.mark.django_db
COUNTED = ("added", "changed", "unchanged", "refused", "missing")


@pytest.fixture(autouse=True)
def cheshire():
    default_task_backend.clear()
    return make_organisation()


def queued() -> list[tuple[str, int]]:
    """The tasks that wait for a worker, with the version of the upload that each is for."""
    return [(result.task.name, result.args[1]) for result in default_task_backend.results]


def counts(upload: Upload) -> list[int]:
    return [upload.outcome[name] for name in COUNTED]


def test_a_file_is_kept_and_put_in_the_queue(settings):
    upload = submitted(good_file(), as_at=date(2023, 1, 4))
    assert (upload.stage, upload.file_name, upload.uploaded_by) == (UploadStage.WAITING, "extract.csv", analyst())
    assert queued() == [("check_upload", 1)]
    stored = Path(upload.file.path)
    assert stored.is_relative_to(settings.MEDIA_ROOT)
    assert stored.read_bytes() == good_file().read()
    assert stored.stat().st_mode & 0o077 == 0
    assert "extract" not in stored.name


def test_a_check_tells_all_and_writes_nothing():
    upload = checked(bad_file())
    assert upload.stage == UploadStage.CHECKED
    assert counts(upload) == [2, 0, 0, 2, 0]
    faults = [(fault["line"], fault["column"], fault["value"]) for fault in upload.outcome["refusals"]]
    assert faults == [(3, "four_p", "Persue"), (5, "organisation", "Borsetshire Police")]
    assert upload.as_at == date(2022, 6, 20)
    assert not Disruption.objects.exists()
    assert not Extract.objects.exists()
    assert len(on_disk(upload)) == 2


def test_the_refused_rows_come_back_with_what_is_wrong():
    upload = checked(bad_file())
    lines = Path(upload.errors.path).read_text("utf-8-sig").splitlines()
    assert lines[0].endswith(",error")
    assert [line.split(",")[0] for line in lines[1:]] == ["DIS-2022-0000002", "DIS-2022-0000004"]
    assert "four_p" in lines[1]


def test_all_rows_are_loaded_and_the_file_is_deleted(django_capture_on_commit_callbacks):
    upload = accepted(checked())
    assert queued() == [("check_upload", 1), ("load_upload", 4)]
    files = Path(upload.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        upload = load(upload)
    assert upload.stage == UploadStage.LOADED
    assert Disruption.objects.current().count() == upload.extract.rows_added == 3
    assert (upload.extract.loaded_by, upload.extract.file_name) == (analyst(), "extract.csv")
    assert not upload.file
    assert not files.exists()


def test_the_good_rows_are_loaded_and_the_refused_rows_stay(django_capture_on_commit_callbacks):
    upload = accepted(checked(bad_file()), good_rows=True)
    with django_capture_on_commit_callbacks(execute=True):
        upload = load(upload)
    assert upload.stage == UploadStage.LOADED
    assert list(Disruption.objects.values_list("reference", flat=True).order_by("reference")) == [
        *("DIS-2022-0000001", "DIS-2022-0000003")
    ]
    assert Path(upload.errors.path).exists()


@pytest.mark.django_db(transaction=True)
def test_the_file_goes_the_moment_its_rows_are_in():
    """With transactions that really end, unlike those of the other tests."""
    upload = accepted(checked(bad_file()), good_rows=True)
    file = Path(upload.file.path)
    upload = load(upload)
    assert upload.stage == UploadStage.LOADED
    assert Disruption.objects.count() == upload.extract.rows_added == 2
    assert not file.exists()
    assert Path(upload.errors.path).exists()


def test_a_mended_file_of_refused_rows_loads():
    load(accepted(checked(bad_file()), good_rows=True))
    refused = Path(Upload.objects.get().errors.path).read_text("utf-8-sig")
    mended = refused.replace("Persue", "Pursue").replace("Borsetshire Police", "Cheshire Constabulary")
    upload = checked(ContentFile(mended.encode(), "mended.csv"))
    assert counts(upload)[:4] == [2, 0, 0, 0]
    load(accepted(upload))
    assert Disruption.objects.current().count() == 4


def test_a_workbook_is_checked_and_its_refused_rows_are_a_workbook():
    upload = checked(workbook(row(1), row(2, four_p="Persue")))
    assert counts(upload)[:4] == [1, 0, 0, 1]
    assert upload.errors.name.endswith("-refused.xlsx")
    headings, *rows = CalamineWorkbook.from_path(upload.errors.path).get_sheet_by_index(0).to_python()
    assert headings[-1] == "error"
    assert [line[0] for line in rows] == ["DIS-2022-0000002"]


def test_all_rows_cannot_be_accepted_while_some_are_refused():
    with pytest.raises(ValidationError, match="2 rows are refused"):
        accepted(checked(bad_file()))


def test_a_file_that_says_nothing_new_cannot_be_accepted():
    load(accepted(checked()))
    upload = checked()
    assert counts(upload)[:4] == [0, 0, 3, 0]
    assert upload.outcome["loaded_before"] is not None
    with pytest.raises(ValidationError, match="nothing that would add"):
        accepted(upload)


def test_a_change_is_shown_with_before_and_after():
    make_disruption("DIS-2022-0000001", size="minor", activity_date=date(2022, 6, 1), added_date=date(2022, 6, 20))
    upload = checked(csv_file(row(1, assessment="Major")), as_at=date(2022, 9, 1))
    (change,) = upload.outcome["changes"]
    assert (change["line"], change["reference"]) == (2, "DIS-2022-0000001")
    assert ["assessment", "Minor", "Major"] in [list(difference) for difference in change["differences"]]


@pytest.mark.parametrize("stage", [UploadStage.WAITING, UploadStage.CHECKED, UploadStage.ACCEPTED])
def test_giving_up_deletes_everything(stage, django_capture_on_commit_callbacks):
    upload = submitted(csv_file(row(1)))
    if stage != UploadStage.WAITING:
        upload = check(upload)
    if stage == UploadStage.ACCEPTED:
        upload = accepted(upload)
    assert upload.stage == stage
    files = Path(upload.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        upload = UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version)
    assert upload.stage == UploadStage.GIVEN_UP
    assert not files.exists()
    assert not Disruption.objects.exists()


def test_giving_up_deletes_the_refused_rows_too(django_capture_on_commit_callbacks):
    upload = checked(bad_file())
    files = [Path(upload.file.path), Path(upload.errors.path)]
    assert all(file.exists() for file in files)
    with django_capture_on_commit_callbacks(execute=True):
        UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version)
    assert not any(file.exists() for file in files)


def test_a_task_for_an_upload_that_was_given_up_does_nothing():
    upload = submitted()
    given_up = UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version)
    assert check(upload).version == given_up.version


def test_a_task_that_comes_twice_does_nothing_the_second_time():
    upload = accepted(checked())
    after = load(upload)
    assert load(upload).version == after.version
    assert Extract.objects.count() == 1


def test_a_second_worker_leaves_a_file_alone_that_is_worked_on():
    upload = submitted()
    with held(Path(upload.file.path)):
        assert check(upload).stage == UploadStage.WAITING
    assert check(upload).stage == UploadStage.CHECKED


def test_of_two_who_accept_one_is_refused_and_nothing_is_queued_twice():
    upload = checked()
    accepted(upload)
    with pytest.raises(StaleRecordError):
        accepted(upload)
    assert [name for name, _ in queued()] == ["check_upload", "load_upload"]


@pytest.mark.parametrize("stage", [UploadStage.CHECKING, UploadStage.LOADING])
def test_an_upload_whose_worker_died_can_be_started_again(stage):
    upload = left_working(submitted() if stage == UploadStage.CHECKING else accepted(checked()))
    assert upload.stage == stage
    assert state_of(upload).is_stopped
    default_task_backend.clear()
    start_again(upload, by=analyst(), expected_version=upload.version)
    upload.refresh_from_db()
    assert not state_of(upload).is_stopped
    if stage == UploadStage.CHECKING:
        assert queued() == [("check_upload", upload.version)]
        assert check(upload).stage == UploadStage.CHECKED
    else:
        assert queued() == [("load_upload", upload.version)]
        assert load(upload).stage == UploadStage.LOADED


@pytest.mark.parametrize("step", [UPLOADS.give_up, start_again])
def test_an_upload_whose_rows_are_being_written_is_let_alone(step):
    upload = left_working(accepted(checked()))
    with held(Path(upload.file.path)):
        assert not state_of(upload).is_stopped
        with pytest.raises(ValidationError, match="worked on at this moment"):
            step(upload, by=analyst(), expected_version=upload.version)


def test_an_upload_that_is_read_is_not_started_again_but_may_be_given_up():
    upload = left_working(submitted())
    with held(Path(upload.file.path)):
        with pytest.raises(ValidationError, match="worked on at this moment"):
            start_again(upload, by=analyst(), expected_version=upload.version)
        given_up = UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version)
    assert given_up.stage == UploadStage.GIVEN_UP


def test_a_worker_stops_reading_what_was_given_up():
    upload = left_working(submitted())
    tell = teller(upload)
    tell(1, 1)
    UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version)
    with pytest.raises(StaleRecordError):
        tell(1, 1)


def test_so_many_files_of_one_user_are_under_way_at_once():
    files = [submitted() for _ in range(MOST_UNDER_WAY)]
    with pytest.raises(ValidationError, match="files are under way"):
        submitted()
    UPLOADS.give_up(files[0], by=analyst(), expected_version=files[0].version)
    submitted()


def test_what_nobody_decides_on_is_given_up_in_time(django_capture_on_commit_callbacks):
    upload, other = checked(bad_file()), checked()
    files = [Path(upload.file.path), Path(upload.errors.path)]
    Upload.objects.filter(pk=other.pk).update(uploaded_at=NOW + UPLOADS.kept_for)
    with django_capture_on_commit_callbacks(execute=True):
        assert UPLOADS.expire(NOW + UPLOADS.kept_for) == 0
        assert UPLOADS.expire(NOW + UPLOADS.kept_for * 2) == 1
    upload.refresh_from_db()
    assert (upload.stage, state_of(upload).is_expired) == (UploadStage.GIVEN_UP, True)
    assert not any(file.exists() for file in files)


def test_an_upload_whose_worker_died_can_be_given_up():
    upload = left_working(accepted(checked()))
    assert UPLOADS.give_up(upload, by=analyst(), expected_version=upload.version).stage == UploadStage.GIVEN_UP


@pytest.mark.parametrize("when", ["before the check", "before the loading"])
def test_a_file_that_is_gone_is_told_in_words(when):
    upload = submitted() if when == "before the check" else accepted(checked())
    Path(upload.file.path).unlink()
    upload = check(upload) if when == "before the check" else load(upload)
    assert upload.stage == UploadStage.FAILED
    assert "no longer on the server" in upload.outcome["problem"]
    assert not Disruption.objects.exists()


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"a,b,c\n1,2,3\n", b"PK\x03\x04 no workbook"])
def test_a_file_that_cannot_be_read_is_told_in_words(content, django_capture_on_commit_callbacks):
    upload = submitted(ContentFile(content, "extract.csv"))
    file = Path(upload.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        upload = check(upload)
    assert upload.stage == UploadStage.FAILED
    assert len(upload.outcome["problem"]) > 20
    assert not file.exists()


def test_a_file_that_would_do_something_else_by_now_is_checked_again_instead():
    upload = accepted(checked())
    make_disruption("DIS-2022-0000002", size="major", activity_date=date(2022, 6, 1), added_date=date(2022, 6, 20))
    upload = load(upload)
    assert upload.stage == UploadStage.CHECKED
    assert state_of(upload).is_rechecked
    assert counts(upload)[:2] == [2, 1]
    assert not Extract.objects.exists()
    assert Disruption.objects.get().size == "major"
    assert load(accepted(upload)).stage == UploadStage.LOADED


def test_a_row_that_is_refused_by_now_stops_the_whole_file():
    upload = accepted(checked(as_at=date(2022, 7, 1)))
    make_disruption(
        "DIS-2022-0000002", activity_date=date(2022, 6, 1), added_date=date(2022, 8, 1), kind=DataKind.ILLUSTRATIVE
    )
    upload = load(upload)
    assert (upload.stage, counts(upload)[3]) == (UploadStage.CHECKED, 1)
    assert Disruption.objects.count() == 1


def test_an_error_in_the_worker_leaves_nothing_and_can_be_started_again(monkeypatch):
    upload = accepted(checked())

    def break_down(*args, **kwargs):
        raise RuntimeError("out of memory")

    monkeypatch.setattr(UPLOADS, "finish", break_down)
    with pytest.raises(RuntimeError):
        load(upload)
    upload.refresh_from_db()
    assert not Disruption.objects.exists()
    assert state_of(upload).is_stopped


def test_illustrative_rows_are_loaded_as_such():
    load(accepted(checked(kind_of_data=DataKind.ILLUSTRATIVE)))
    assert set(Disruption.objects.values_list("kind_of_data", flat=True)) == {DataKind.ILLUSTRATIVE}


def test_every_step_leaves_its_trace():
    upload = load(accepted(checked()))
    steps = [(change.who, change.reason) for change in reversed(changes_of(upload))]
    assert [reason for _, reason in steps] == [
        "Uploaded",
        "Being checked by the worker",
        "Checked",
        "Accepted: all rows",
        "Being loaded by the worker",
        "Loaded",
    ]
    assert {who for who, _ in steps} == {analyst().get_full_name()}


@pytest.mark.parametrize("stage", UploadStage)
def test_an_upload_moves_only_to_the_stages_that_follow(stage):
    upload = submitted()
    allowed = {target for target in UploadStage if may_become(Upload(stage=stage), target)}
    assert allowed == NEXT.get(stage, set())
    if UploadStage.ACCEPTED not in allowed:
        Upload.objects.filter(pk=upload.pk).update(stage=stage, outcome={"added": 1, "changed": 0, "refused": 0})
        upload.refresh_from_db()
        with pytest.raises(ValidationError, match="at another stage"):
            UPLOADS.accept(upload, good_rows=False, by=analyst(), expected_version=upload.version)


def test_no_more_is_told_of_progress_than_there_is(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    upload = submitted(csv_file(*(row(number) for number in range(1, 200))))
    assert state_of(upload).percent is None
    told = []
    tell = teller(upload)
    for done in (0, 500, 1000):
        tell(done, 1000)
        told.append(state_of(upload).percent)
    assert told[-1] == 100
    assert told == sorted(told)


def test_the_time_waited_is_that_since_the_last_step():
    upload = submitted()
    state = state_of(upload)
    assert state.minutes_waited(state.since) == 0
    assert state.minutes_waited(state.since.replace(year=state.since.year + 1)) > 500_000
    assert state_of(check(upload)).minutes_waited(state.since.replace(year=state.since.year + 1)) == 0
    assert upload.uploaded_at == NOW
