"""``python -m bench.reader``: see README.md in the folder above."""

import argparse
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.reader.layouts import file_of, pdf_of
from bench.reader.reports import FOLDER, TUNING, UNSEEN, Fact, Report, all_reports
from bench.reader.scores import Count, add_up, compare, in_table

BODIES = FOLDER.with_name("bodies")
SIZES = {50: (10, 300), 300: (60, 300)}
"""Of a report with so many pages: the most seconds and the most megabytes that reading it may take."""
LONG = "east-fenland.pdf"
"""The report that is repeated until it has so many pages."""
HALVES = {
    TUNING: "which whoever writes the rules of the reader may look at",
    UNSEEN: "whose text nobody who writes the rules of the reader has looked at",
}
FACTS = """FACTS is JSON, a list with an object for each fact:

  {"kind": "recommendation", "fields": {"number": "3", "addressee": "home_office", "due_on": "2027-06-30"},
   "passage": "the words that say it", "is_required": true}

kind is inspection, grading, finding, observation, recommendation or figure. Fields that are left out are not counted.
passage: the first words will do. addressee: words that each addressee has, by commas. body: a slug. Optional facts
("is_required": false) count neither way. --keep writes our own reports with such files; without FACTS,
REPORT.facts.json beside the report is taken.
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.reader",
        description="Measure how well reports are read: precision, recall and right fields of each kind.",
        epilog=FACTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("report", nargs="?", type=Path, help="any report; without one, those of our own making")
    parser.add_argument("facts", nargs="?", type=Path, help="its facts: a JSON file, or a folder of fixtures")
    parser.add_argument("--half", choices=tuple(HALVES), help="of our own reports, only one half")
    parser.add_argument("--list", action="store_true", help="what was missed, invented and read wrongly")
    parser.add_argument("--each", action="store_true", help="a table for each report")
    parser.add_argument("--keep", type=Path, help="write our own reports, with their facts, into this folder")
    parser.add_argument("--speed", action="store_true", help="seconds and memory for 50 and 300 pages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soc-tracker-reader-") as folder:
        if options.keep:
            keep(options.keep)
            return
        url = prepare(Path(folder))
        if options.speed:
            print("\n".join(speeds(url, Path(folder))))
        elif options.report:
            counts = compare(facts_at(options.facts, options.report), proposals_of(options.report))
            show(options.report.name, counts, is_listed=options.list)
        else:
            measure_own(options, Path(folder))


def prepare(folder: Path) -> str:
    """A new database with the reference data and the made-up bodies; its URL, which this process uses from now on."""
    url = f"sqlite:///{folder}/reader.sqlite3"
    os.environ |= {"DATABASE_URL": url, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "soc_tracker.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_reference", folder=BODIES, verbosity=0)
    return url


def keep(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for report in all_reports():
        (folder / report.name).write_bytes(file_of(report))
        facts = [fact.__dict__ for fact in report.facts]
        (folder / f"{report.name}.facts.json").write_text(json.dumps(facts, indent=1))


def measure_own(options: argparse.Namespace, folder: Path) -> None:
    for half, whose in HALVES.items():
        if options.half in (None, half):
            measured = dict(measure(all_reports(half), folder))
            for name, counts in measured.items():
                if options.each:
                    show(name, counts, is_listed=options.list)
            show(
                f"{half}: {len(measured)} reports, {whose}",
                add_up(measured.values()),
                is_listed=options.list and not options.each,
            )


def measure(reports: Iterable[Report], folder: Path) -> Iterator[tuple[str, dict[str, Count]]]:
    for report in reports:
        path = folder / report.name
        path.write_bytes(file_of(report))
        yield report.name, compare(report.facts, proposals_of(path))


def proposals_of(path: Path) -> list[dict[str, Any]]:
    from django.core.management import call_command

    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        call_command("read_report", path, json=Path(file.name), verbosity=0)
        proposals: list[dict[str, Any]] = json.loads(Path(file.name).read_text())["proposals"]
    return proposals


def show(name: str, counts: Mapping[str, Count], *, is_listed: bool) -> None:
    print(f"## {name}\n\n{in_table(counts)}")
    if is_listed:
        for kind, count in counts.items():
            for what in ("missed", "invented", "wrong"):
                for line in getattr(count, what):
                    print(f"- {kind} {what}: {line}")
        print()


# The facts of a report that is not of our own making.


def facts_at(path: Path | None, report: Path) -> list[Fact]:
    """Of a file of facts, or of a folder of published facts, which have no passage since they are in our own words."""
    if path is None:
        path = report.with_name(f"{report.name}.facts.json")
    if path.is_file():
        return [Fact(**fact) for fact in json.loads(path.read_text())]
    rows = {
        kind: [row for file in path.rglob(f"{kind}.json") for row in json.loads(file.read_text())] for kind in FIXED
    }
    own = {row["slug"] for row in json.loads((path / "inspections.json").read_text())[:1]}
    findings = [row for row in rows["findings"] if row["inspection"] in own]
    known = {row["slug"] for row in findings}
    return [
        *(fixed("grading", row) for row in rows["gradings"] if row["inspection"] in own),
        *(fixed("observation" if row["kind"] == "observation" else "finding", row) for row in findings if told(row)),
        *(fixed("recommendation", row) for row in rows["recommendations"] if row["finding"] in known),
        *(fixed("figure", row) for row in rows["figures"]),
    ]


def told(row: Mapping[str, Any]) -> bool:
    """Whether a finding is one of the report's own, and not context that stands in its introduction."""
    return bool(row["tone"] != "context")


FIXED = {
    "gradings": {"organisation": "body", "grade": "grade"},
    "findings": {"organisation": "body", "region": "body", "kind": "finding_kind", "section": "section"},
    "recommendations": {"addressed_to": "addressee", "due_on": "due_on", "due_precision": "due_precision"},
    "figures": {
        "organisation": "body",
        "region": "body",
        "national": "national",
        "value": "value",
        "unit": "unit",
        "qualifier": "qualifier",
    },
}


NOTHING = (None, "", "[clear]")


def fixed(kind: str, row: Mapping[str, Any]) -> Fact:
    names = FIXED[{"observation": "findings"}.get(kind, f"{kind}s")]
    fields = {names[name]: str(value) for name, value in row.items() if name in names and value not in NOTHING}
    if kind == "observation":
        del fields["finding_kind"]
    return Fact(kind, fields, "")


# How long it takes, and how much memory.


def speeds(url: str, folder: Path) -> Iterator[str]:
    """Of a PDF of one of our own reports over and over: the whole command, from its start to its end."""
    from bench.databases import MEGABYTE, run

    [report] = [each for each in all_reports(TUNING) if each.name == LONG]
    for pages, (seconds, megabytes) in SIZES.items():
        path = folder / f"{pages}.pdf"
        path.write_bytes(long_pdf(report, pages))
        said = run(url, "manage.py", "read_report", str(path), "--json", str(folder / "read.json"))
        yield (
            f"{pages} pages: {said.seconds:.1f} s (≤ {seconds}), {said.peak / MEGABYTE:.0f} MB (≤ {megabytes})"
            f", {len(json.loads((folder / 'read.json').read_text())['proposals'])} proposals"
        )


def long_pdf(report: Report, pages: int) -> bytes:
    """The report, of which four copies fill five pages, over and over; without its contents, which would grow."""
    parts = [part for part in report.parts if part.kind != "contents"]
    return pdf_of(Report(report.name, report.half, report.layout, parts * (pages * 4 // 5)))


if __name__ == "__main__":
    main()
