"""The form of a text in which searching compares it, the same whichever database holds it.

Folded are capitals, accents and ligatures, the shapes of quotation marks and
apostrophes, "&" (which is the word "and"), and hyphens and dashes, each of
which is a space. So "Far-Off", "far off" and "FAR–OFF" are one text.
Signs that show nothing, such as a soft hyphen, are left out.

A query is words with spaces between them, each of which must occur; a word that
folds to several, such as "far-off", must occur as it stands.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, transaction

PLAIN = {
    **dict.fromkeys("-‐‑‒–—―−⁃﹘﹣－", " "),
    **dict.fromkeys("‘’‚‛′ʹʻʼˈ´`‹›", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    "&": " and ",
    "⁄": "/",
    # Letters that Unicode does not take apart.
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
}
UNSEEN = ("Mn", "Me", "Cf", "Cc", "Cs")
"""Kinds of character that are left out: marks over letters, and what shows nothing."""


class _Table(dict[int, str]):
    """Each character by its number, and what it folds to: worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        text, before = chr(number), ""
        while text != before:  # it is folded when another turn leaves it alone
            before = text
            apart = unicodedata.normalize("NFKD", "".join(PLAIN.get(char, char) for char in text))
            visible = (char for char in apart if char.isspace() or unicodedata.category(char) not in UNSEEN)
            text = "".join(PLAIN.get(char, char) for char in "".join(visible).casefold())
        self[number] = text
        return text


_TABLE = _Table()


def fold(text: str) -> str:
    """The text as it is compared. Folding a folded text changes nothing."""
    if text.isascii() and text.isprintable():  # most texts: three times faster, and an extract has a million
        folded = text.lower().replace("-", " ").replace("`", "'").replace("&", " and ").strip()
        return " ".join(folded.split()) if "  " in folded else folded
    return " ".join(text.translate(_TABLE).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each of many texts folded, several times quicker: the plain ones together. None of them holds a NUL."""
    plain = [text if text.isascii() and text.isprintable() else "" for text in texts]
    together = "\0".join(plain).lower().replace("-", " ").replace("`", "'").replace("&", " and ")
    folded = list(map(str.strip, together.split("\0")))
    if "  " in together:
        folded = [" ".join(text.split()) if "  " in text else text for text in folded]
    return [done if one else fold(text) for done, one, text in zip(folded, plain, texts, strict=True)] if texts else []


def words_of(query: str) -> list[str]:
    """The words of a query, folded, each once. None where it holds nothing that could be looked for."""
    return list(dict.fromkeys(filter(None, map(fold, query.split()))))


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text as it is written: first place and the one after the last, in order, apart."""
    folded, places = _with_places(text)
    hits: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            end = places[at + len(word) - 1] + 1
            while end < len(text) and not _TABLE[ord(text[end])]:
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
        for piece in _TABLE[ord(char)]:
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


# The words of a row as searching compares them, kept in a column of the row.


BETWEEN = "\n"
"""Stands between two texts of a row, so that no word is found across them: folded texts have none."""
AT_A_TIME = 5_000


def together(texts: Iterable[str]) -> str:
    """Several texts of a row, folded."""
    return BETWEEN.join(filter(None, map(fold, texts)))


class FoldedText(models.TextField):
    """The folded texts of other fields of the row, renewed whenever it is saved. It is no part of the row's history."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        usual: dict[str, Any] = {"default": "", "db_default": "", "blank": True, "editable": False}
        super().__init__(**usual | kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        return name, path, list(self.sources), kwargs

    def text_of(self, texts: Sequence[str]) -> str:
        """What the column holds of the texts of its row."""
        return together(texts)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = self.text_of([str(getattr(model_instance, source)) for source in self.sources])
        setattr(model_instance, self.attname, text)
        return text


def folded_fields(model: type[models.Model]) -> list[FoldedText]:
    """The folded columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, FoldedText)]


def refold(record: models.Model) -> list[str]:
    """Renew the folded columns of a row that is not written by ``save``, and name them."""
    fields = folded_fields(type(record))
    for field in fields:
        field.pre_save(record, add=False)
    return [field.name for field in fields]


def fill(rows: models.QuerySet[Any], of: type[FoldedText] = FoldedText) -> None:
    """Fold the words of stored rows: the rows themselves do not change, and their history has none of it."""
    model, connection = rows.model, connections[rows.db]
    for field in (field for field in folded_fields(model) if isinstance(field, of)):
        update = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s"  # noqa: S608  names of our own
        texts, last = rows.order_by("pk").values_list("pk", *field.sources), 0
        while chunk := list(texts.filter(pk__gt=last)[:AT_A_TIME]):
            with transaction.atomic(using=rows.db), connection.cursor() as cursor:
                cursor.executemany(update, [(field.text_of(each), key) for key, *each in chunk])
            last = chunk[-1][0]
