"""The encodings that programs still write, and what the bytes of a file that is no UTF-8 look like in each of them."""

import codecs
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GARBLED = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")
"""UTF-8 that some program took for Windows-1252; and the sign that stands for what one could not read."""
AT_A_TIME = 1 << 20
"""Bytes read at once."""


@dataclass(frozen=True)
class Encoding:
    """``codec`` is Python's name for it. ``marked``: the file begins with a byte order mark."""

    name: str
    codec: str
    marked: bool = False


UTF8 = Encoding("UTF-8", "utf-8")
WINDOWS = Encoding("Windows-1252", "cp1252")
SINGLE = (
    WINDOWS,
    Encoding("Mac Roman", "mac-roman"),
    Encoding("code page 850", "cp850"),
)
"""Of one byte a character, the most usual first."""


# What the bytes look like that are no UTF-8.


MOST_CONTEXTS, MOST_TIMES = 5_000, 50
LONGEST_LINE = 1 << 20
USUAL = {"é": 4} | dict.fromkeys("èêëáàâäíîïóôöúûüçñ", 2)
"""Letters of western names and words, by how much each speaks for an encoding."""
SIGNS = {
    "’": (str.isalpha, str.isalpha),
    "‘": (lambda before: not before.isalnum(), str.isalnum),
    "“": (lambda before: not before.isalnum(), str.isalnum),
    "”": (lambda before: before.isalnum() or before in ".,!?", lambda after: not after.isalnum()),
    "–": (lambda before: before.isspace() or before.isdigit(), lambda after: after.isspace() or after.isdigit()),
    "—": (lambda before: before.isspace() or before.isdigit(), lambda after: after.isspace() or after.isdigit()),
    "£": (lambda before: True, str.isdigit),
    "€": (lambda before: True, str.isdigit),
    "…": (str.isalnum, lambda after: not after.isalnum()),
    "•": (lambda before: not before.isalnum(), lambda after: True),
    "°": (str.isdigit, lambda after: True),
    "½": (lambda before: not before.isalpha(), lambda after: not after.isalpha()),
    "¼": (lambda before: not before.isalpha(), lambda after: not after.isalpha()),
    "¾": (lambda before: not before.isalpha(), lambda after: not after.isalpha()),
    "²": (str.isalnum, lambda after: not after.isalnum()),
}
"""Signs of western text, and what stands before and after each."""


class Evidence:
    """The bytes of the lines that are no UTF-8, each with those beside it. ``utf8_lines`` are lines with signs beyond
    ASCII that are UTF-8.
    """

    def __init__(self, path: Path) -> None:
        self.contexts: Counter[bytes] = Counter()
        self.utf8_lines = 0
        self.line = b""
        for line in lines_of(path):
            if line.isascii():
                continue
            try:
                line.decode()
                self.utf8_lines += 1
            except UnicodeDecodeError as error:
                self.line = self.line or line[max(0, error.start - 30) : error.start + 30].strip()
                if len(self.contexts) < MOST_CONTEXTS:
                    padded = b" " + line + b" "
                    self.contexts.update(padded[at - 1 : at + 2] for at, byte in enumerate(padded) if byte > 127)

    def ranks(self) -> list[tuple[int, Encoding]]:
        """The encodings that have a character for every byte, the likeliest first, each with how likely it is."""
        ranks = []
        for encoding in SINGLE:
            try:
                words = {context: context.decode(encoding.codec) for context in self.contexts}
            except UnicodeDecodeError:
                continue
            score = sum(
                min(times, MOST_TIMES) * likelihood(*words[context]) for context, times in self.contexts.items()
            )
            ranks.append((score, encoding))
        return sorted(ranks, key=lambda rank: -rank[0])

    def differs(self, one: Encoding, other: Encoding) -> bool:
        return any(context.decode(one.codec) != context.decode(other.codec) for context in self.contexts)

    def sample(self, encoding: Encoding) -> str:
        """The first place where the text is no UTF-8."""
        return " ".join(self.line.decode(encoding.codec, "replace").split())


def lines_of(path: Path) -> Iterator[bytes]:
    """Lines, with any line breaks; very long ones in pieces."""
    with path.open("rb") as file:
        left = b""
        while data := file.read(AT_A_TIME):
            *lines, left = (left + data).splitlines(keepends=True)
            yield from lines
            if len(left) > LONGEST_LINE:
                yield left
                left = b""
        yield left


def likelihood(before: str, sign: str, after: str) -> int:
    """How much a sign between two others looks like western text."""
    if expected := SIGNS.get(sign):
        is_alone = not (before.isalnum() or after.isalnum())
        return 5 if expected[0](before) and expected[1](after) else int(is_alone and sign in "£€")
    if sign == "\xa0":
        return 0
    if unicodedata.category(sign) not in ("Lu", "Ll"):
        return -2
    if not (before.isalpha() or after.isalpha()):
        return int(sign in USUAL)
    if sign.islower():
        return -1 if before.isupper() and after.isupper() else USUAL.get(sign, 1)
    return -3 if before.islower() else USUAL.get(sign.lower(), 1)


class LineDecoder(codecs.IncrementalDecoder):
    """UTF-8, but lines that are none are decoded as ``odd``. ``odd_lines`` are the numbers of those, from 1."""

    def __init__(self, odd: Encoding) -> None:
        super().__init__()
        self._odd = odd.codec
        self._left, self._lines = b"", 0
        self.odd_lines: deque[int] = deque()

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        lines = (self._left + data).splitlines(keepends=True)
        self._left = b"" if final or not lines else lines.pop()
        first, self._lines = self._lines, self._lines + len(lines)
        whole = b"".join(lines)
        if first == 0:
            whole = whole.removeprefix(codecs.BOM_UTF8)
        try:
            return whole.decode()
        except UnicodeDecodeError:
            texts = []
        for number, line in enumerate(whole.splitlines(keepends=True), first + 1):
            try:
                texts.append(line.decode())
            except UnicodeDecodeError:
                self.odd_lines.append(number)
                texts.append(line.decode(self._odd))
        return "".join(texts)
