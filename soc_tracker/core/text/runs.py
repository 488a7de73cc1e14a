"""Runs of words that two texts share: what is said in one's own words has no long one in common with its source.

Of a source, digests of its runs are kept and not the text, so that a text can be held against it by whoever may not
have the source.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

LENGTH = 8
"""Words from which on a run is copied."""
SIZE = 6
"""Bytes of a digest: among the 100,000 runs of a long source, a text of 100 words matches one by chance once in 10⁷."""


def words_of(text: str) -> list[str]:
    """The words as they are compared: without case, punctuation and apostrophes."""
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.casefold()))


def digests_of(text: str, before: bytes = b"") -> bytes:
    """The digests of all runs of the text and those ``before``, in order of their bytes, each once."""
    return b"".join(sorted({digest for _, digest in runs(words_of(text))} | split(before)))


def copied_runs(text: str, digests: bytes) -> list[str]:
    """What of the text stands word for word in the source whose digests are given: the longest runs, in order."""
    known = split(digests)
    words = words_of(text)
    spans: list[tuple[int, int]] = []
    for start, digest in runs(words):
        if digest not in known:
            continue
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], start + LENGTH)
        else:
            spans.append((start, start + LENGTH))
    return [" ".join(words[first:last]) for first, last in spans]


def split(digests: bytes) -> set[bytes]:
    return {digests[at : at + SIZE] for at in range(0, len(digests), SIZE)}


def runs(words: list[str]) -> Iterator[tuple[int, bytes]]:
    """Where each run begins, and its digest."""
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield start, blake2b(run.encode(), digest_size=SIZE).digest()
