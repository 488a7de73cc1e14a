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
