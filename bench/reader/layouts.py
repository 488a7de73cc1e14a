"""A file of a report, as bodies publish theirs: text, web page, Word document, PDF of one column or two."""

import json
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any

from bench.reader.reports import MERGED, Part, Report

WIDTH = 100
"""Characters of a line of the text files that break their lines."""


def file_of(report: Report) -> bytes:
    match Path(report.name).suffix:
        case ".txt":
            return text_of(report).encode()
        case ".html":
            return page_of(report).encode()
        case ".docx":
            return document_of(report)
        case _:
            return pdf_of(report)


def text_of(report: Report) -> str:
    """Paragraphs and headings alike, empty lines between them; what is underlined keeps its marks. Notes at the end.

    With ``lines=broken``, paragraphs go over several lines.
    """
    bullet, is_broken = report.layout.get("bullet", "-"), report.layout.get("lines") == "broken"
    lines: list[str] = []
    for part in report.parts:
        match part.kind:
            case "contents":
                lines += ["", part.text, "", *(f"{title}\t{page}" for title, page in contents(report)), ""]
            case "item":
                lines.append(f"{'  ' * (part.level - 1)}{bullet} {underlined(part.text, '<u>', '</u>')}")
            case "step":
                lines.append(f"{part.level}. {part.text}")
            case "row":
                lines.append("\t".join("" if cell in MERGED else cell for cell in part.cells))
            case "note":
                continue
            case _:
                lines += ["", underlined(part.text, "<u>", "</u>"), ""]
    notes = [f"[{part.level}] {part.text}" for part in report.parts if part.kind == "note"]
    lines = [fill(line, WIDTH) if is_broken and len(line) > WIDTH else line for line in [*lines, "", *notes]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def contents(report: Report) -> list[tuple[str, int]]:
    """Titles of the two upper levels with made-up pages, the last third of them in reverse, as some files have them."""
    titles = [part.plain for part in report.parts if part.kind == "heading" and part.level <= 2][1:]
    entries = [(title, 1 + 2 * number) for number, title in enumerate(titles)]
    third = len(entries) * 2 // 3
    return entries[:third] + entries[third:][::-1]


def underlined(text: str, before: str, after: str) -> str:
    return re.sub(r"_([^_]+)_", rf"{before}\1{after}", text)


# A web page.


def page_of(report: Report) -> str:
    """With what surrounds reports on the web: a link to skip, navigation, a footer."""
    title = escape(report.parts[0].plain)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} - Inspections</title>'
        "<style>body{margin:0}</style><script>var shown = 1;</script></head><body>"
        '<a href="#main">Skip to content</a><header><nav><ul><li><a href="/">Home</a></li>'
        '<li><a href="/reports/">Reports</a></li></ul></nav></header><main id="main">\n'
        + "\n".join(elements(report))
        + "\n</main><footer><p>Share this page</p><ul><li>Contact us</li><li>Cookies</li></ul></footer></body></html>\n"
    )


def elements(report: Report) -> Iterator[str]:
    for (box, kind), group in groupby(report.parts, key=lambda part: (part.box, part.kind)):
        parts = list(group)
        before, after = ("<div class=box>", "</div>") if box else ("", "")
        match kind:
            case "contents":
                links = "".join(f"<li><a href=#>{escape(title)}</a></li>" for title, _ in contents(report))
                yield f"<nav><h2>Contents</h2><ol>{links}</ol></nav>"
            case "item":
                yield f"{before}{nested(parts)}{after}"
            case "step":
                steps = "".join(f"<li>{in_html(part)}</li>" for part in parts)
                yield f'{before}<ol start="{parts[0].level}">{steps}</ol>{after}'
            case "row":
                yield f"{before}<table>{rows(parts)}</table>{after}"
            case "heading":
                yield "\n".join(f"{before}<h{part.level}>{in_html(part)}</h{part.level}>{after}" for part in parts)
            case "note":
                yield "\n".join(f"<p class=note><sup>{part.level}</sup> {in_html(part)}</p>" for part in parts)
            case _:
                yield "\n".join(f"{before}<p>{in_html(part)}</p>{after}" for part in parts)


def nested(parts: list[Part]) -> str:
    html, level = "", 0
    for part in parts:
        html += "<ul>" * (part.level - level) + "</li></ul>" * (level - part.level)
        html += ("</li>" if part.level <= level else "") + f"<li>{in_html(part)}"
        level = part.level
    return html + "</li></ul>" * level


def rows(parts: list[Part]) -> str:
    """Of a table, the first with the headings of its columns."""
    html = ""
    for number, part in enumerate(parts):
        tag, html = "td" if number else "th", f"{html}<tr>"
        for column, cell in enumerate(part.cells):
            if cell not in MERGED:
                below = [later.cells[column] == "^" for later in parts[number + 1 :]]
                right = [other == "<" for other in part.cells[column + 1 :]]
                spans = {"rowspan": length(below), "colspan": length(right)}
                said = "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
                html += f"<{tag}{said}>{escape(cell)}</{tag}>"
        html += "</tr>"
    return html


def length(merged: list[bool]) -> int:
    """How many cells are one with the first, and it."""
    return [*merged, False].index(False) + 1


def in_html(part: Part) -> str:
    text = underlined(escape(part.text, quote=False), '<a href="/glossary/" class="glossary"><u>', "</u></a>")
    return re.sub(r"\[(\d+)\]", r"<sup>\1</sup>", text)


# A Word document.


def document_of(report: Report) -> bytes:
    """With styles for headings and lists, tables with a grid, and a running head and foot."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = report.parts[0].plain
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    for (box, kind), group in groupby(report.parts, key=lambda part: (part.box, part.kind)):
        parts = list(group)
        if kind == "row":
            table = document.add_table(rows=len(parts), cols=max(len(part.cells) for part in parts), style="Table Grid")
            fill_table(table, parts)
        elif kind == "contents":
            document.add_paragraph("Contents", style="TOC Heading")
            for title, page in contents(report):
                document.add_paragraph(f"{title}\t{page}")
        else:
            place = document.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0] if box else document
            for part in parts:
                add_part(place.add_paragraph(style=style_of(part)), part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def fill_table(table: Any, parts: list[Part]) -> None:
    for row, part in enumerate(parts):
        for column, text in enumerate(part.cells):
            cell = table.cell(row, column)
            match text:
                case "^":
                    table.cell(row - 1, column).merge(cell)
                case "<":
                    table.cell(row, column - 1).merge(cell)
                case _:
                    cell.text = text


def style_of(part: Part) -> str:
    """The name that Word gives to it."""
    match part.kind:
        case "step":
            return "List Number"
        case "heading":
            return f"Heading {part.level}"
        case "item":
            return "List Bullet" if part.level == 1 else f"List Bullet {part.level}"
        case _:
            return "Normal"


def add_part(paragraph: Any, part: Part) -> None:
    """The text in runs, every second of which is underlined."""
    for number, text in enumerate(re.split(r"_([^_]+)_", part.text)):
        paragraph.add_run(text).underline = number % 2 == 1


# A PDF, which Typst sets.


TEMPLATE = Path(__file__).with_name("report.typ")


def pdf_of(report: Report) -> bytes:
    import typst

    notes = {part.level: part.text for part in report.parts if part.kind == "note"}
    groups: list[dict[str, Any]] = []
    for part in report.parts:
        if part.kind == "note":
            continue
        group = "table" if part.kind == "row" else f"box {part.box}" if part.box else ""
        if not group or not groups or groups[-1]["kind"] != group:
            groups.append({"kind": group, "parts": []})
        cells = ["" if cell in MERGED else cell for cell in part.cells]
        said = {"kind": part.kind, "level": part.level, "cells": cells, "runs": runs(part, notes)}
        groups[-1]["parts"].append(said)
    data = {"title": report.parts[0].plain, "layout": report.layout, "groups": groups}
    pdf: bytes = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"report": json.dumps(data)})
    return pdf


def runs(part: Part, notes: dict[int, str]) -> list[dict[str, str]]:
    """Pieces of the text: plain, underlined, or the note that stands here."""
    pieces = []
    for text in re.split(r"(_[^_]+_|\[\d+\])", part.text):
        if re.fullmatch(r"\[\d+\]", text):
            pieces.append({"kind": "note", "text": notes[int(text[1:-1])]})
        elif text:
            kind = "underlined" if text.startswith("_") else "plain"
            pieces.append({"kind": kind, "text": text.strip("_") if kind == "underlined" else text})
    return pieces
