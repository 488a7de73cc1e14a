"""The PDF of a sheet: one page, tagged, every text drawn as it is and none of it read as markup."""

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from soc_tracker.core.paper.content import fitted, tidy
from soc_tracker.core.paper.pdf import DRAWN, UNKNOWN, pdf_of
from tests.core.paper.papers import SITE, paper, part, read, text_of

MARKUP = '#panic() *bold* _it_ $x^2$ <label> @cite = Heading [content] \\ // comment `raw` "quoted" #{1 + 1} ~ --- ...'


def test_it_is_one_tagged_page():
    pdf = pdf_of(fitted(paper(part("Improve the quality of plans"))), site=SITE)
    assert pdf.startswith(b"%PDF-")
    document = read(pdf)
    assert len(document.pages) == 1
    root = document.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert document.metadata.title == "Fenland Police: Serious and organised crime: summary"
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]


def test_it_says_all_that_the_sheet_says():
    text = text_of(paper(part("Improve the quality of plans", total=4)))
    for words in (
        "Fenland Police",
        "As at 2 June 2024",
        "Adequate",
        "It plans well.",
        "Area for improvement Improve the quality of plans",
        "and 3 more on the page that lists all",
        "118",
        "SOC threats",
        "Of 10 in 2022: pursue 8 (80%).",
        "A report (The inspectorate, November 2023)",
        "Opening, paragraph 1",
        f"{SITE}/bodies/fenland/summary/",
        "Ada Lowe",
    ):
        assert words in text, words


def test_the_picture_has_its_sentence_for_who_cannot_see_it():
    pdf = pdf_of(fitted(paper(part())), site=SITE)
    figures = [node for node in walk(read(pdf).trailer["/Root"]["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Of 10 in 2022: pursue 8 (80%)."]


def test_links_lead_to_the_site():
    pdf = pdf_of(fitted(paper(part("One"))), site=f"{SITE}/")
    links = {each.get_object()["/A"]["/URI"] for each in read(pdf).pages[0]["/Annots"]}
    assert links == {f"{SITE}{path}" for path in ("/f/", "/figures/1/", "/sources/a-report/", "/sources/a-page/")} | {
        f"{SITE}/bodies/fenland/summary/"
    }


def test_illustrative_data_is_marked():
    figures = paper(part()).figures
    made_up = tuple(figure.__class__(figure.value, figure.label, "", "illustrative") for figure in figures)
    assert "made up" in text_of(paper(part(), figures=made_up))
    assert "made up" not in text_of(paper(part()))


def test_the_same_sheet_is_the_same_file():
    sheet = fitted(paper(part("One")))
    assert pdf_of(sheet, site=SITE) == pdf_of(sheet, site=SITE)


def test_it_is_made_in_a_moment():
    sheet = fitted(paper(*[part(*["Some words " * 10] * 30)] * 3))
    pdf_of(sheet, site=SITE)
    begun = time.perf_counter()
    pdf_of(sheet, site=SITE)
    assert time.perf_counter() - begun < 2


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60))
@example(MARKUP)
@example('#import "@preview/x:1.0": *')
@example("漢字 and العربية and 😀 and \u0000\u0007")
@example("1\n\n= 2")
def test_no_text_is_read_as_markup(text):
    """Letters that the fonts lack, and only those, are drawn as a sign that says so."""
    expected = "".join(drawn(letter) for letter in tidy(text)).replace("\N{NO-BREAK SPACE}", " ")
    assert compact(expected) in compact(text_of(paper(part(text), verdict=None, figures=(), drawing=None)))


@settings(max_examples=15)
@given(st.lists(st.text(st.sampled_from("Wm漢— 0.a"), min_size=100, max_size=600), min_size=1, max_size=40))
def test_it_is_one_page_whatever_the_letters(texts):
    sheet = fitted(paper(part(*texts), part(*texts), title=texts[0], made_by=texts[-1]))
    assert len(read(pdf_of(sheet, site=SITE)).pages) == 1


def test_every_letter_that_is_promised_can_be_drawn():
    letters = [chr(point) for first, last in DRAWN for point in range(first, last + 1)]
    rows = ["".join(letters[start : start + 200]) for start in range(0, len(letters), 200)]
    for start in range(0, len(rows), 4):
        assert pdf_of(paper(part(*rows[start : start + 4])), site=SITE)


def drawn(letter: str) -> str:
    return letter if any(first <= ord(letter) <= last for first, last in DRAWN) else UNKNOWN


def compact(text: str) -> str:
    """Without what a line of the sheet may begin or end with; the reader of a PDF sees no difference."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-\u00ad\u200b\u2010")


def walk(node):
    """Every node of the tree of tags that a screen reader follows."""
    children = node.get("/K", [])
    for child in (each.get_object() for each in (children if isinstance(children, list) else [children])):
        if hasattr(child, "get") and "/S" in child:
            yield child
            yield from walk(child)
