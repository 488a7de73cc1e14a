"""A made-up region with all that was published of it, as somebody keeps it in a spreadsheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Sheets = Mapping[str, Sequence[Sequence[str]]]
SOURCE = ["Inland report", "Page 3"]
SHEETS: Sheets = {
    "regions": [["Name"], ["Inland"]],
    "sources": [
        ["Title", "Publisher", "Kind", "Published", "Licence"],
        ["Inland report", "Inspectors", "Inspection report", "November 2026", "Open Government Licence v3.0"],
    ],
}
MIDLANDS: Sheets = {
    **SHEETS,
    "organisations": [
        ["Kind", "Name", "Short name", "Region", "Also known as"],
        ["Police force", "Alder Police", "Alder", "Inland", "The Alders; Alder Constabulary"],
        ["Police force", "Birch Police", "Birch", "Inland", ""],
    ],
    "programmes": [["Name", "Scale", "Year"], ["Round 2026", "Five grades (from 2021/22)", "2026"]],
    "questions": [["Programme", "Question", "Theme"], ["Round 2026", "How well is organised crime tackled?", "soc"]],
    "topics": [["Name"], ["4P plans"], ["Analysts"]],
    "measures": [["Name", "Group"], ["Officers", "Resources"]],
    "inspections": [
        ["Title", "Programme", "Region", "Published", "Source", "Place in the source"],
        ["Organised crime inland", "Round 2026", "Inland", "November 2026", *SOURCE],
    ],
    "gradings": [
        ["Inspection", "Force", "Question", "Grade", "Source", "Page"],
        ["Organised crime inland", "The Alders", "How well is organised crime tackled?", "Outstanding", *SOURCE],
        ["Organised crime inland", "Birch", "How well is organised crime tackled?", "Ungraded", *SOURCE],
    ],
    "findings": [
        ["Inspection", "About", "Kind", "Tone", "Section", "Title", "Summary", "Topics", "Source", "Page"],
        [
            *("Organised crime inland", "Birch Police", "Area for improvement", "Shortcoming", "resources"),
            *("Plans say too little", "They do not say who does what.", "4P plans; Analysts", *SOURCE),
        ],
    ],
    "recommendations": [
        ["Finding", "Number", "Recommendation", "For", "Due", "Source", "Page"],
        ["Plans say too little", "1", "Say who does what.", "Birch", "1 November 2027", *SOURCE],
    ],
    "events": [
        ["Finding", "Number", "Date", "State", "Comment", "Source", "Page"],
        ["Plans say too little", "1", "November 2027", "Being progressed", "", *SOURCE],
        ["Plans say too little", "1", "", "Awaiting review", "Sent in.", *SOURCE],
    ],
    "figures": [
        ["About", "Measure", "Value", "Unit", "As at", "Whose figure", "Source", "Page"],
        ["Inland", "Officers", "20,000", "count", "7 December 2025", "The inspectorate", *SOURCE],
    ],
}


def workbook_of(path: Path, sheets: Sheets) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def csv_of(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


COLOURS = ("green", "teal", "yellow", "orange", "red")
TREES = ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Maple")
SCALE, STEPS = "Five steps", ("Exemplary", "Solid", "Uneven", "Weak", "Failing")
"""A scale with words of its own, from best to worst."""
WORDS = (*STEPS, "Ungraded", "Solid")
EARLIER = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate", "Good", "Adequate")
QUESTION = "How well does it tackle organised crime?"


def regional(name: str, *, bodies: int, unit: bool, grades_only: bool = False) -> Sheets:
    """Two inspections of a region of so many bodies, one of them perhaps its unit, as a spreadsheet holds them: of 2022
    on a scale on record, of 2026 on one that the workbook brings; one body has no grade the second time.
    """
    title, source = f"Organised crime in {name}, 2026", [f"{name} report", "Page 3"]
    before, before_source = f"Organised crime in {name}, 2022", [f"{name} report of 2022", "Page 5"]
    forces = [f"{name} {tree}" for tree in TREES[: bodies - unit]]
    everyone = [*forces, *([f"{name} Unit"] if unit else [])]
    facts: dict[str, Sequence[Sequence[str]]] = {
        "regions": [["Name"], [name]],
        "organisations": [
            ["Kind", "Name", "Short name", "Region"],
            *[["Police force", f"{force} Police", force, name] for force in forces],
            *[["Regional organised crime unit", f"{each} for Crime", each, name] for each in everyone[len(forces) :]],
        ],
        "grades": [
            ["Label", "Colour", "Order"],
            *[[step, colour, f"{place}"] for place, (step, colour) in enumerate(zip(STEPS, COLOURS, strict=True), 101)],
        ],
        "grade_scales": [["Label", "Grades", "Valid from", "Order"], [SCALE, "; ".join(STEPS), "1 January 2026", "40"]],
        "sources": [
            ["Title", "Publisher", "Kind", "Published", "Licence"],
            [source[0], "Inspectors", "Inspection report", "November 2026", "Open Government Licence v3.0"],
            [before_source[0], "Inspectors", "Inspection report", "November 2022", "Open Government Licence v3.0"],
        ],
        "programmes": [
            ["Name", "Scale", "Year"],
            ["Round 2022", "Five grades (from 2021/22)", "2022"],
            ["Round 2026", SCALE, "2026"],
        ],
        "questions": [["Programme", "Question", "Theme"], *[[f"Round {y}", QUESTION, "soc"] for y in (2022, 2026)]],
        "inspections": [
            ["Title", "Programme", "Region", "Published", "Taken in", "Source", "Place in the source"],
            [before, "Round 2022", name, "November 2022", "Grades only", *before_source],
            [title, "Round 2026", name, "November 2026", "Grades only" if grades_only else "Everything", *source],
        ],
        "gradings": [
            ["Inspection", "Question", "Force or ROCU", "Grade", "Source", "Page"],
            *[[before, QUESTION, *row, *before_source] for row in zip(everyone, [*EARLIER, "Good"], strict=False)],
            *[[title, QUESTION, *row, *source] for row in zip(everyone, [*WORDS, "Solid"], strict=False)],
        ],
    }
    if grades_only:
        return facts
    return facts | {
        "findings": [
            ["Inspection", "About", "Kind", "Tone", "Section", "Title", "Summary", "Topics", "Source", "Page"],
            *[
                [title, each, kind, tone, "resources", f"{words} in {each}", "In our own words.", "4P plans", *source]
                for each, kind, tone, words in (
                    (forces[0], "Area for improvement", "Shortcoming", "Plans say too little"),
                    (forces[1], "Cause of concern", "Shortcoming", "Nobody leads the work"),
                    (forces[1], "Promising practice", "Strength", "Officers teach in schools"),
                    (name, "Other observation", "Strength", "Bodies share analysts"),
                )
            ],
        ],
        "recommendations": [
            ["Finding", "Number", "Recommendation", "For", "Due", "Source", "Page"],
            [f"Nobody leads the work in {forces[1]}", "1", "Say who leads.", forces[1], "1 November 2027", *source],
        ],
        "figures": [
            ["About", "Measure", "Value", "Unit", "As at", "Whose figure", "Source", "Page"],
            [name, "SOC threats recorded", "1,204", "count", "7 December 2025", "The inspectorate", *source],
            [forces[0], "SOC threats recorded", "312", "count", "7 December 2025", "The inspectorate", *source],
        ],
    }


COAST = regional("Coast", bodies=8, unit=True)
ISLES = regional("Isles", bodies=3, unit=False, grades_only=True)
