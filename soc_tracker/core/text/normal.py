"""Texts as they are kept, and as they are compared: by searching, by reference and by name.

**Kept**, what people see stays whole, and what nobody sees does not get in. Three strengths: a **text** may have
several lines, a **line** is one, a **code** (a slug, an address, whatever tells one record from another) has nothing in
it that cannot be seen, so that no two look the same.

- Line ends of every kind become one, and a line has spaces in their place; spaces at both ends go.
- Control characters, halves of characters, and characters of no width go, but for joiners beside letters or pictures
  that they join, and the tags of a flag.
- Marks of direction stay where they have a meaning: in a text with letters that run from right to left, balanced on
  their line. Those that make letters run against their own direction always go: they show what is not written.
- Accents are composed (Unicode's NFC), so that "Ynys Môn" is one name however it was typed.

**Folded**, as searching compares it whichever database holds it, a text has no capitals, accents and ligatures, one
shape of quotation marks and apostrophes, the word "and" for "&", and a space for each hyphen and dash; signs that show
nothing are left out. So "Far-Off", "far off" and "FAR–OFF" are one text.

A query is words with spaces between them, each of which must occur; a word that folds to several, such as "far-off",
must occur as it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import connections, models, transaction

# As they are kept.

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NO_INK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters without ink: a name of them would look empty, and not be."""
BLANKS = re.compile(f"[{NO_INK}]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202d\u202e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
FLAG_OR_TAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")
JOINERS = re.compile("[\u200c\u200d]+")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
OPENED_BY = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
ENDS = re.compile("^[\\s\u061c\u200c-\u200f]+|[\\s\u061c\u200e\u200f]+$")
CODES = frozenset(["reference", "ons_code"])
"""Fields, beside slugs and addresses, that tell one record from another."""


def clean_text(text: str) -> str:
    """Of several lines."""
    before = text if is_plain(text) else None
    while text != before:  # what one pass removes may bring together what the next composes or removes
        before = text
        text = UNSEEN.sub("", BLANKS.sub(" ", LINE_ENDS.sub("\n", text)))
        text = FLAG_OR_TAG.sub(lambda match: match[1] or "", text)
        text = JOINERS.sub(_joiner, unicodedata.normalize("NFC", text))
        text = ENDS.sub("", "\n".join(map(_balanced, text.split("\n"))))
    return ENDS.sub("", text)


def clean_line(text: str) -> str:
    return clean_text(clean_text(text).replace("\n", " ").replace("\t", " "))


def clean_code(text: str) -> str:
    return clean_line(DIRECTION.sub("", JOINERS.sub("", clean_line(text))))


def is_plain(text: str) -> bool:
    """Whether cleaning would change nothing but spaces at the ends; quick, so that many lines can be asked of at once.

    False is no verdict: a text of several lines, or with marks that belong there, has to be looked at.
    """
    if not text.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not any(map(text.count, NO_INK)))


def cleaner_of(field: models.Field) -> Callable[[str], str] | None:
    """What cleans the texts of a model's field; None for a field of anything else, or of choices."""
    if field.choices or not isinstance(field, (models.CharField, models.TextField)):
        return None
    if field.name in CODES or isinstance(field, (models.SlugField, models.URLField, models.EmailField)):
        return clean_code
    return clean_text if isinstance(field, models.TextField) else clean_line


def clean_values(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a model's fields, by name, with every text among them clean."""
    cleaners = {field.name: cleaner_of(field) for field in model._meta.concrete_fields}
    return {
        name: clean(value) if isinstance(value, str) and (clean := cleaners.get(name)) else value
        for name, value in values.items()
    }


def _joiner(match: re.Match[str]) -> str:
    """The first of the joiners where a neighbour can be joined, else nothing."""
    text, before, after = match.string, match.start() - 1, match.end()
    neighbours = (text[before] if before >= 0 else "", text[after : after + 1])
    joins = any(one >= "\u0590" and unicodedata.category(one)[0] in "LMS" for one in neighbours if one)
    return match[0][0] if joins else ""


def _balanced(line: str) -> str:
    """The line with those marks of direction alone that mean something in it."""
    if not DIRECTION.search(line):
        return line
    if not any(unicodedata.bidirectional(one) in ("R", "AL") for one in line if one not in "\u061c\u200f"):
        return DIRECTION.sub("", line)
    opened: list[int] = []
    paired: set[int] = set()
    for at, one in enumerate(line):
        if one in "\u202a\u202b\u2066\u2067\u2068":
            opened.append(at)
        elif openers := OPENED_BY.get(one):
            while opened and one == "\u2069" and line[opened[-1]] not in openers:
                opened.pop()  # an isolate ends what was begun within it
            if opened and line[opened[-1]] in openers:
                paired |= {opened.pop(), at}
    return "".join(
        one for at, one in enumerate(line) if at in paired or one in "\u061c\u200e\u200f" or not DIRECTION.match(one)
    )


class TextField(forms.CharField):
    """Text of several lines, cleaned before it is measured: browsers send two characters for the end of a line."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


# As searching compares them.


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
LEFT_OUT = ("Mn", "Me", "Cf", "Cc", "Cs")
"""Kinds of character that are left out: marks over letters, and what shows nothing."""


class _Table(dict[int, str]):
    """Worked out when a character is first met."""

    def __missing__(self, number: int) -> str:
        text, before = chr(number), ""
        while text != before:  # it is folded when another turn leaves it alone
            before = text
            apart = unicodedata.normalize("NFKD", "".join(PLAIN.get(char, char) for char in text))
            visible = (char for char in apart if char.isspace() or unicodedata.category(char) not in LEFT_OUT)
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
        return BETWEEN.join(filter(None, map(fold, texts)))

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
UNSEEN_KINDS = ("Cc", "Cf", "Co", "Cs", "Cn")
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
        text = "".join(one for one in plain if one.isspace() or unicodedata.category(one) not in UNSEEN_KINDS)
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
