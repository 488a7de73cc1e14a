"""Files as somebody would upload them, and the steps of an upload without a worker."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from disruptions import tasks
from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Upload
from disruptions.extracts.services import UPLOADS
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account

HEADINGS = "disruption_ref,threat_ref,organisation,involvement,four_p,assessment,activity_date,recorded_date"
NOW = datetime(2023, 1, 5, 9, tzinfo=UTC)


def row(number: int, **more: str) -> str:
    values = {
        "disruption_ref": f"DIS-2022-{number:07}",
        "threat_ref": "OCG-0000001",
        "organisation": "Cheshire Constabulary",
        "involvement": "Lead",
        "four_p": "Pursue",
        "assessment": "Minor",
        "activity_date": "2022-06-01",
        "recorded_date": "2022-06-20",
    }
    return ",".join((values | more).values())


def csv_file(*rows: str, name: str = "extract.csv", headings: str = HEADINGS) -> ContentFile:
    return ContentFile("\n".join([headings, *rows, ""]).encode(), name)


def workbook(*rows: str) -> ContentFile:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, line.split(","))
    return ContentFile(file.getvalue(), "extract.xlsx")


def good_file(rows: int = 3) -> ContentFile:
    return csv_file(*(row(number) for number in range(1, rows + 1)))


def bad_file() -> ContentFile:
    """Two good rows and two faulty ones: rows 3 and 5 as a spreadsheet shows them."""
    return csv_file(row(1), row(2, four_p="Persue"), row(3), row(4, organisation="Borsetshire Police"))


def analyst() -> User:
    return demo_account(Role.ANALYST)


def submitted(file: ContentFile | None = None, **more: Any) -> Upload:
    values = {
        "contents": ExtractContents.DISRUPTIONS,
        "kind_of_data": DataKind.RECORDED,
        "as_at": date(2022, 6, 20),
    } | more
    return tasks.WORK.submit(file or good_file(), by=analyst(), now=NOW, **values)


def check(upload: Upload) -> Upload:
    tasks.check_upload.call(str(upload.token), upload.version, analyst().pk)
    return Upload.objects.get(pk=upload.pk)


def checked(file: ContentFile | None = None, **more: Any) -> Upload:
    return check(submitted(file, **more))


def accepted(upload: Upload, good_rows: bool = False) -> Upload:
    tasks.WORK.queue(UPLOADS.accept, upload, good_rows=good_rows, by=analyst(), expected_version=upload.version)
    return Upload.objects.get(pk=upload.pk)


def start_again(upload: Upload, **terms: Any) -> Upload:
    return tasks.WORK.queue(UPLOADS.start_again, upload, **terms)


def load(upload: Upload) -> Upload:
    tasks.load_upload.call(str(upload.token), upload.version, analyst().pk)
    return Upload.objects.get(pk=upload.pk)


def left_working(upload: Upload) -> Upload:
    """As a worker leaves it that was killed while it worked."""
    return UPLOADS.begin(upload, by=analyst(), expected_version=upload.version)


def on_disk(upload: Upload) -> set[str]:
    """The names of all files in the folder of uploads that belong to this one."""
    stem = Path(upload.file.name).stem
    return {path.name for path in Path(upload.file.path).parent.glob(f"{stem}*")}
