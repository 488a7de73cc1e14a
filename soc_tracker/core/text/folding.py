"""Texts as they are compared: by searching, by reference and by name; the same whichever database holds them.

Searching compares folded texts. Folded are capitals, accents and ligatures, the
shapes of quotation marks and apostrophes, "&" (which is the word "and"), and
hyphens and dashes, each of which is a space. So "Far-Off", "far off" and
"FAR–OFF" are one text. Signs that show nothing, such as a soft hyphen, are left out.

A query is words with spaces between them, each of which must occur; a word that
folds to several, such as "far-off", must occur as it stands.
"""

import re
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
    """Worked out when a character is first met."""

    def __missing__(self, number: int) -> str:
        text, before = chr(number), ""
        while text != before:  # it is folded when another turn leaves it alone
            before = text
            apart = unicodedata.normalize("NFKD", "".join(PLAIN.get(char, char) for char in text))
            visible = (char for char in apart if char.isspace() or unicodedata.category(char) not in UNSEEN)
            text = "".join(PLAIN.get(char, char) for char in "".join(visible).casefold())
        self[number] = text
        return text


FOLDED = _Table()
"""What each character folds to, by its number."""


def fold(text: str) -> str:
    """The text as it is compared. Folding a folded text changes nothing."""
    if text.isascii() and text.isprintable():  # most texts: three times faster, and an extract has a million
        folded = text.lower().replace("-", " ").replace("`", "'").replace("&", " and ").strip()
        return " ".join(folded.split()) if "  " in folded else folded
    return " ".join(text.translate(FOLDED).split())


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


# References as they are compared: what differs only to the keyboard, and not to the eye, is one reference.
#
# A key has no capitals, no signs that show nothing, one kind of hyphen and one kind of space, and none around a hyphen;
# letters and digits of other widths and forms are the plain ones (Unicode's NFKC). Readers see a reference as it was
# sent.


HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－֊᠆⸺⸻"), "-")
NEVER_SEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
SELECTORS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Marks and letters that show nothing, beside the kinds of character that never do."""
NOT_PLAIN = ("  ", "- ", " -", "--", "\0 ", " \0", "\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
AROUND_A_HYPHEN = re.compile(r"\s*-[\s-]*")


def key_of(reference: str) -> str:
    """The reference as it is compared. The key of a key is itself."""
    if reference.isascii():
        text = reference
    else:
        plain = unicodedata.normalize("NFKC", SELECTORS.sub("", reference.translate(HYPHENS))).translate(HYPHENS)
        text = "".join(one for one in plain if one.isspace() or unicodedata.category(one) not in NEVER_SEEN)
        text = unicodedata.normalize("NFKC", text.casefold())
    return AROUND_A_HYPHEN.sub("-", " ".join(text.split())).lower()


def keys_of(references: Sequence[str]) -> list[str]:
    """The key of each; of plain ones together, many times quicker. None of them holds a NUL."""
    together = "\0".join(references)
    bounded = f"\0{together}\0"
    if together.isascii() and not any(odd in bounded for odd in NOT_PLAIN):
        return together.lower().split("\0") if references else []
    return list(map(key_of, references))


class ReferenceKey(FoldedText):
    """The key of a row's reference, by which it is looked up and by which it is one of its kind.

    Rows that had references of one key before there were keys keep what tells them apart: a number behind the key.
    """

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        super().__init__(*(sources or ("reference",)), **kwargs)

    def text_of(self, texts: Sequence[str]) -> str:
        return key_of(texts[0])

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        stored = str(getattr(model_instance, self.attname))
        key = self.text_of([str(getattr(model_instance, self.sources[0]))])
        if stored.partition(BETWEEN)[0] != key:
            setattr(model_instance, self.attname, key)
        return str(getattr(model_instance, self.attname))


def key_once(name: str, message: str) -> models.UniqueConstraint:
    """No two rows of a model have references of one key."""
    return models.UniqueConstraint(fields=["reference_key"], name=name, violation_error_message=message)


def fill_keys(rows: models.QuerySet[Any], **among: Any) -> None:
    """Give stored rows their keys. Where several ``among`` them have one, the others get a number behind it."""
    fill(rows, of=ReferenceKey)
    several = rows.filter(**among).order_by().values("reference_key").annotate(count=models.Count("pk"))
    for key in list(several.filter(count__gt=1).values_list("reference_key", flat=True)):
        own = list(rows.filter(reference_key=key, **among).order_by("pk").values_list("pk", flat=True))
        numbered = [(f"{key}{BETWEEN}{number}", pk) for number, pk in enumerate(own[1:], 2)]
        with connections[rows.db].cursor() as cursor:
            cursor.executemany(f"UPDATE {rows.model._meta.db_table} SET reference_key = %s WHERE id = %s", numbered)  # noqa: S608  names of our own


# Names as they are compared.


def normalise(name: str) -> str:
    """The form in which two spellings of one name are equal: no case, no accents, "&" as "and", single spaces."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    spelled = plain.replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", " ", spelled.casefold()).strip()
