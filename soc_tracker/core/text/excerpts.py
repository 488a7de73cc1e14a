"""Where the words of a query stand in a text as it is written, for whoever reads what a search has found."""

from collections.abc import Iterable, Sequence

from soc_tracker.core.text.normal import FOLDED


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text as it is written: first place and the one after the last, in order, apart."""
    folded, places = _with_places(text)
    hits: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            end = places[at + len(word) - 1] + 1
            while end < len(text) and not FOLDED[ord(text[end])]:
                end += 1
            hits.append((places[at], end))
            at = folded.find(word, at + len(word))
    apart: list[tuple[int, int]] = []
    for first, last in sorted(hits):
        if apart and first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        else:
            apart.append((first, last))
    return apart


def _with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of the one that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for piece in FOLDED[ord(char)]:
            letter = " " if piece.isspace() else piece
            if letter == " " and (not folded or folded[-1] == " "):
                continue
            folded.append(letter)
            places.append(place)
    if folded and folded[-1] == " ":
        folded.pop()
    return "".join(folded), places


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words."""
    pieces, at = [], 0
    for first, last in spans(text, words):
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [(piece, hit) for piece, hit in [*pieces, (text[at:], False)] if piece]


def excerpt(text: str, words: Sequence[str], *, around: int = 60) -> str:
    """As much of the text as stands around the first of the words: whole words, "…" where something is left out."""
    hits = spans(text, words)
    if not hits or len(text) <= 2 * around:
        return text if hits or len(text) <= 2 * around else f"{text[: 2 * around].rstrip()}…"
    first, last = max(0, hits[0][0] - around), min(len(text), hits[0][1] + around)
    if first:
        first = text.find(" ", first, hits[0][0]) + 1 or hits[0][0]
    if last < len(text):
        cut = text.rfind(" ", hits[0][1], last)
        last = cut if cut > 0 else last
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"
