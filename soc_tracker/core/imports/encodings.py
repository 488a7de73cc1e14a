"""How the text of a file is encoded: by its mark, by its zeros, by whether all of it is UTF-8; else by what its letters
look like in each of the encodings that programs still write. All of its bytes decide: else some would be half read.
"""

import codecs
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from soc_tracker.core.imports.questions import Answers, Question, UnreadableFileError, ask

GARBLED = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")
"""UTF-8 that some program took for Windows-1252; and the sign that stands for what one could not read."""
AT_A_TIME = 1 << 20
"""Bytes read at once."""
SAVE_AS_UTF8 = "Save it again as “CSV UTF-8” in the program it comes from, and try again."


@dataclass(frozen=True)
class Encoding:
    """``codec`` is Python's name for it. ``marked``: the file begins with a byte order mark."""

    name: str
    codec: str
    marked: bool = False


UTF8 = Encoding("UTF-8", "utf-8")
MARKED = {
    codecs.BOM_UTF32_LE: Encoding("UTF-32", "utf-32", marked=True),
    codecs.BOM_UTF8: Encoding("UTF-8", "utf-8-sig", marked=True),
    codecs.BOM_UTF16_LE: Encoding("UTF-16", "utf-16", marked=True),
    codecs.BOM_UTF16_BE: Encoding("UTF-16", "utf-16", marked=True),
}
UNMARKED = (Encoding("UTF-16", "utf-16-le"), Encoding("UTF-16", "utf-16-be"))
WINDOWS = Encoding("Windows-1252", "cp1252")
SINGLE = (
    WINDOWS,
    Encoding("Mac Roman", "mac-roman"),
    Encoding("code page 850", "cp850"),
)
"""Of one byte a character, the most usual first."""


@dataclass(frozen=True)
class Decoding:
    """How a file is decoded: by ``encoding``, but for lines that cannot be by ``odd``, where there is one.

    ``question`` asks which encoding it is, where only its letters say so.
    """

    encoding: Encoding
    odd: Encoding | None = None
    question: Question | None = None

    @property
    def name(self) -> str:
        return f"{self.encoding.name} and {self.odd.name}" if self.odd else self.encoding.name

    @property
    def is_utf8(self) -> bool:
        return self.encoding.name == UTF8.name and not self.odd


def decoding_of(path: Path, answers: Answers) -> Decoding:
    """Raises UnreadableFileError."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    marked = next((encoding for mark, encoding in MARKED.items() if head.startswith(mark)), None)
    for encoding in (marked,) if marked else (*unmarked(head), UTF8):
        if is_encoded(path, encoding):
            return Decoding(encoding)
    if marked and marked.name != UTF8.name:
        raise UnreadableFileError(
            f"The text of the file should be {marked.name}, but not all of it is: it may be damaged. {SAVE_AS_UTF8}"
        )
    evidence = Evidence(path)
    ranks = evidence.ranks()
    best = ranks[0][1]
    is_word = ranks[0][0] > 0
    if not is_word and any(encoding is WINDOWS for _, encoding in ranks):
        best = WINDOWS
    question = ask(
        answers,
        key="encoding",
        text="Which of these reads as it should?",
        hint="The file does not say how its letters are encoded.",
        choices=[(encoding.codec, f"{encoding.name}: “{evidence.sample(encoding)}”") for _, encoding in ranks],
        is_needed=not is_word or is_unclear(ranks, evidence),
        by_itself=f"As it is read now: {best.name}",
    )
    if not is_word and best is not WINDOWS and not question.answer:
        raise UnreadableFileError(
            "The text of the file should be UTF-8 or Windows-1252, but not all of it is, and in no encoding does it "
            f"read as words: it may be damaged. {SAVE_AS_UTF8}",
            [question],
        )
    chosen = next((encoding for encoding in SINGLE if encoding.codec == question.answer), best)
    if marked or evidence.utf8_lines:
        return Decoding(marked or UTF8, odd=chosen, question=question)
    return Decoding(chosen, question=question)


def is_unclear(ranks: list[tuple[int, Encoding]], evidence: "Evidence") -> bool:
    """Whether little speaks for the likeliest, or another makes other words of the text that are half as likely."""
    (score, best), *others = ranks
    return score < LEAST_LIKELY or any(
        2 * other > score and evidence.differs(best, encoding) for other, encoding in others
    )


def unmarked(head: bytes) -> list[Encoding]:
    """UTF-16 without a mark: every other byte of most western text is a zero."""
    pairs = len(head) // 2
    zeros = head[1::2].count(0), head[0::2].count(0)
    return [
        encoding
        for encoding, these, those in zip(UNMARKED, zeros, zeros[::-1], strict=True)
        if these * 2 > pairs and those * 20 <= pairs
    ]


def is_encoded(path: Path, encoding: Encoding) -> bool:
    """Whether all of the file is. Raises UnreadableFileError where only its last character is cut in two."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    only_ascii = True
    with path.open("rb") as file:
        try:
            while data := file.read(AT_A_TIME):
                only_ascii &= decoder.decode(data).isascii()
        except UnicodeError:
            return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            if only_ascii and not encoding.marked:  # one character alone is no evidence of UTF-8
                return False
            raise UnreadableFileError(
                "The file ends in the middle of a character: it is cut off. Export or copy it again, and try again."
            ) from error
    return True


# What the bytes look like that are no UTF-8.


LEAST_LIKELY = 3
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
                self._add(line)

    def _add(self, line: bytes) -> None:
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
    """Lines that are no UTF-8 are decoded otherwise. ``odd_lines`` are the numbers of those, from 1."""

    def __init__(self, decoding: Decoding) -> None:
        super().__init__()
        self._usual, self._odd = decoding.encoding.codec, str(decoding.odd and decoding.odd.codec)
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
            return "".join(self._line(number, line) for number, line in enumerate(whole.splitlines(True), first + 1))

    def _line(self, number: int, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.odd_lines.append(number)
            return line.decode(self._odd)
