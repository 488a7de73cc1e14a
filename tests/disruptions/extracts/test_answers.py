"""A file of which only its sender can say how it is meant: asked, answered, checked anew and loaded so."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.extracts.models import Upload
from disruptions.record.models import Disruption
from soc_tracker.core.imports.uploads.models import UploadStage
from tests.disruptions.extracts.uploading import HEADINGS, accepted, check, checked, csv_file, load, row
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheshire():
    return make_organisation()


def filtered(*, cover: bool = True) -> ContentFile:
    """Four rows under a title, of which two are hidden, behind a cover sheet."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        if cover:
            book.add_worksheet("Cover").write(0, 0, "Disruptions")
        sheet = book.add_worksheet("Extract")
        sheet.write(0, 0, "Table 4")
        for number, line in enumerate([HEADINGS, *(row(number) for number in range(1, 5))], 2):
            sheet.write_row(number, 0, line.split(","))
        for hidden in (4, 6):
            sheet.set_row(hidden, None, None, {"hidden": True})
    return ContentFile(file.getvalue(), "extract.xlsx")


def answer(client, upload, **answers) -> Upload:
    url = reverse("disruptions:upload_answer", args=[upload.token])
    assert client.post(url, {"version": upload.version, **answers}).status_code == 302
    return Upload.objects.get(pk=upload.pk)


def test_hidden_rows_are_asked_about_and_left_out(analyst):
    upload = checked(filtered(), as_at=localdate())
    page = analyst.get(upload.get_absolute_url()).content.decode()
    assert "2 of the rows are hidden in the sheet" in page
    assert "Checked: answer what is asked" in page
    assert "Load all rows" not in page
    with pytest.raises(ValidationError, match="Answer first"):
        accepted(upload)
    upload = answer(analyst, upload, hidden_rows="visible")
    assert (upload.stage, upload.answers) == (UploadStage.WAITING, {"hidden_rows": "visible"})
    upload = check(upload)
    page = analyst.get(upload.get_absolute_url()).content.decode()
    assert "sheet “Extract”, headings in row 3" in page
    assert "Table 4" in page
    assert "hidden in the sheet" in page
    assert load(accepted(upload)).stage == UploadStage.LOADED
    assert Disruption.objects.count() == 2


def test_an_answer_can_be_taken_back(analyst):
    upload = check(answer(analyst, checked(filtered(cover=False), as_at=localdate()), hidden_rows="visible"))
    upload = check(answer(analyst, upload, hidden_rows="all"))
    load(accepted(upload))
    assert Disruption.objects.count() == 4


def test_a_sheet_that_holds_no_table_can_be_chosen_and_another_again(analyst):
    upload = check(answer(analyst, checked(filtered(), as_at=localdate()), sheet="Cover"))
    assert upload.stage == UploadStage.CHECKED
    page = analyst.get(upload.get_absolute_url()).content.decode()
    assert "Row 1 of the sheet “Cover” does not have these headings" in page
    with pytest.raises(ValidationError):
        accepted(upload)
    upload = check(answer(analyst, upload, sheet="Extract", hidden_rows="all"))
    assert upload.outcome["added"] == 4


@pytest.mark.parametrize("sent", [{}, {"sheet": "No such sheet"}, {"hidden_rows": "some"}])
def test_no_answer_changes_nothing(sent, analyst):
    upload = checked(filtered(), as_at=localdate())
    assert answer(analyst, upload, **sent).version == upload.version


def test_a_plain_file_is_not_asked_anything(analyst):
    upload = checked(csv_file(row(1)), as_at=localdate())
    assert upload.questions == []
    assert "How the file is to be read" not in analyst.get(upload.get_absolute_url()).content.decode()
