"""A report as a web page: the report is told apart from the site around it, and its elements say what they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError
from inspections.reader.structure.html import read_html

LABELS = {"Good"}
REPORT = """<!doctype html><html><head><meta charset="utf-8"><title>Harbour watch – Inspectorate</title>
<style>p { color: red }</style><script>var words = "none";</script></head><body>
<a href="#main">Skip to content</a><nav><ul><li><a href="/">Home</a></li></ul></nav>
<main id="main">
<h1>Harbour watch <em>2031</em></h1>
<ul><li><a href="#a">Northport</a></li><li><a href="#b">Eastport</a></li></ul>
<h2 id="a">Northport</h2>
<div class="grade"><span>Good</span></div>
<p>Northport has 118 <a href="/glossary/"><u>boats</u></a><sup><a href="#n1">1</a></sup>, as on 1<sup>st</sup> May.</p>
<div class="box"><p><strong>Area for improvement: Northport should plan</strong></p>
<p>The harbour should:</p>
<ul><li>name an owner,<ol type="a"><li>for each plan; and</li><li>for each boat;</li></ol></li>
<li><p>review it.</p></li></ul>
</div>
<p>After the box.<br><br>Another paragraph.</p>
<details><summary>Recommendations</summary><ol start="4"><li>Plan.</li><li value="7">Report.</li></ol></details>
<table><caption>What to do</caption><tr><th>No.<th>To whom</tr>
<tr><td>1<td>The council</tr><tr><td colspan="2">None</tr></table>
<dl><dt>Published</dt><dd>4 May 2031</dd></dl>
<p style="display: none">Nobody sees this.</p>
Loose words.
<ul><li><a href="/1">Other harbours</a></li><li><a href="/2">Our work</a></li></ul>
<p class="note"><sup>1</sup> As counted in May.</p>
</main><footer><p>Share this page</p></footer></body></html>"""


def test_a_cell_over_several_rows_is_empty_in_those_below(tmp_path):
    page = """<main><h1>Plan</h1><table><tr><th>Who</th><th>What</th><th>When</th></tr>
<tr><td rowspan="2">The council</td><td>Plan</td><td rowspan="2">May</td></tr><tr><td>Report</td></tr></table></main>"""
    (block,) = [each for each in read(tmp_path, page).blocks if each.kind == BlockKind.TABLE]
    assert block.rows == (("Who", "What", "When"), ("The council", "Plan", "May"), ("", "Report", ""))


def read(tmp_path: Path, page: str | bytes) -> Document:
    path = tmp_path / "report.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read_html(path, "report.html", LABELS)


@pytest.fixture
def report(tmp_path: Path) -> Document:
    return read(tmp_path, REPORT)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document if block.kind == kind]


def one(document: Document, start: str) -> Block:
    [block] = [block for block in document if block.text.startswith(start) and block.kind != BlockKind.CONTENTS]
    return block


def test_the_report_is_told_from_the_site_around_it(report: Document) -> None:
    assert texts(report, BlockKind.RUNNING_HEAD) == [
        "Skip to content",
        "Home",
        "Other harbours",
        "Our work",
        "Share this page",
    ]
    assert texts(report, BlockKind.CONTENTS) == ["Northport", "Eastport"]
    assert report.title == "Harbour watch – Inspectorate"


def test_headings_labels_and_paragraphs(report: Document) -> None:
    headings = [(block.level, block.text) for block in report if block.kind == BlockKind.HEADING]
    assert headings == [
        (1, "Harbour watch 2031"),
        (2, "Northport"),
        (3, "Area for improvement: Northport should plan"),
        (3, "Recommendations"),
    ]
    assert texts(report, BlockKind.LABEL) == ["Good"]
    assert one(report, "Northport has").text == "Northport has 118 boats, as on 1st May."
    assert texts(report, BlockKind.FOOTNOTE) == ["As counted in May."]
    assert {"After the box.", "Another paragraph.", "Loose words.", "What to do"} <= {
        *texts(report, BlockKind.PARAGRAPH)
    }
    assert "Nobody" not in str(report.blocks)


def test_a_box_ends_what_its_heading_began(report: Document) -> None:
    inside = [block for block in report if block.box == 1]
    assert [block.kind for block in inside][:2] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert one(report, "After the box.").path == ("Harbour watch 2031", "Northport")


def test_lists_within_lists_are_counted(report: Document) -> None:
    items = report.items(one(report, "The harbour should:"))
    assert [(item.marker, item.level, item.text) for item in items] == [
        ("•", 1, "name an owner,"),
        ("•", 1, "review it."),
    ]
    assert [(item.marker, item.level, item.text) for item in report.items(items[0])] == [
        ("a.", 2, "for each plan; and"),
        ("b.", 2, "for each boat;"),
    ]
    assert [item.marker for item in report.items(one(report, "Recommendations"))] == ["4.", "7."]


def test_tables_and_pairs_are_rows(report: Document) -> None:
    tables = [block.rows for block in report if block.kind == BlockKind.TABLE]
    assert tables == [
        (("No.", "To whom"), ("1", "The council"), ("None", "")),
        (("Published", "4 May 2031"),),
    ]


def test_a_block_has_its_line(report: Document) -> None:
    assert REPORT.splitlines()[one(report, "After the box.").line - 1].startswith("<p>After the box.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path, "<p>It cost £4 – “much”.</p>".encode(encoding))
    assert texts(document, BlockKind.PARAGRAPH) == ["It cost £4 – “much”."]


def test_a_page_says_its_encoding_or_not(tmp_path: Path) -> None:
    for name, encoding in (("iso-8859-15", "iso-8859-15"), ("nonsense", "cp1252"), ("utf-8", "cp1252")):
        document = read(tmp_path, f'<meta charset="{name}"><p>It cost 4 €.</p>'.encode(encoding))
        assert texts(document, BlockKind.PARAGRAPH) == ["It cost 4 €."]


def test_a_button_opens_a_section_or_is_none_of_the_report(tmp_path: Path) -> None:
    document = read(tmp_path, "<h2><button>Plans</button></h2><p>None.</p><button>Share</button>")
    assert [(block.kind, block.text) for block in document] == [
        (BlockKind.HEADING, "Plans"),
        (BlockKind.PARAGRAPH, "None."),
        (BlockKind.RUNNING_HEAD, "Share"),
    ]


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<script>fill()</script><div id=app></div>"])
def test_a_page_without_words_is_refused_in_words(tmp_path: Path, page: str) -> None:
    with pytest.raises(UnreadableReportError, match=r"^report\.html "):
        read(tmp_path, page)


PARTS = st.recursive(
    st.sampled_from(["one", "two ", "<br>", "<b>three</b>", "<sup>4</sup>", "<img>", "&pound;5"]),
    lambda inner: st.tuples(
        st.sampled_from(["p", "div", "li", "ul", "ol", "table", "tr", "td", "dl", "dt", "dd", "section", "h2", "span"]),
        st.lists(inner, max_size=4),
    ).map(lambda part: f"<{part[0]}>{''.join(part[1])}</{part[0]}>"),
    max_leaves=20,
)


@given(PARTS)
def test_every_word_of_any_page_comes_once(tmp_path_factory: pytest.TempPathFactory, part: str) -> None:
    try:
        document = read(tmp_path_factory.mktemp("pages"), f"<body>{part}</body>")
    except UnreadableReportError:
        document = Document("", "", ())
    words = " ".join(block.text for block in document)
    for word in ("one", "two", "three"):
        assert words.count(word) == part.count(word)
