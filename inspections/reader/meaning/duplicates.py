"""A recommendation that a report gives twice, in its summary and in its chapter, is one."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from inspections.reader.meaning.drafts import Draft

SAME = 87
"""Likeness of two wordings, of 100, from which on they are one recommendation."""
SAME_NUMBER = 55
"""The same where both bear one number."""


def merged(drafts: "list[Draft]") -> "list[Draft]":
    """The drafts in their order, each recommendation once: the first wording, with what the others know besides."""
    result: list[Draft] = []
    for draft in drafts:
        at = next((at for at, other in enumerate(result) if is_same(draft, other)), None)
        if at is None:
            result.append(draft)
        else:
            result[at] = joined(result[at], draft)
    return result


def is_same(draft: "Draft", other: "Draft") -> bool:
    one, two = plain(draft.text), plain(other.text)
    if draft.blocks[0] is other.blocks[0] or (draft.label and other.label and draft.label != other.label):
        return False
    likeness = max(fuzz.token_sort_ratio(one, two), fuzz.partial_ratio(one, two) if min(len(one), len(two)) > 60 else 0)
    return bool(likeness >= (SAME_NUMBER if draft.label and draft.label == other.label else SAME))


def plain(text: str) -> str:
    """Without what differs between two places: "we recommend that", numbers of lists."""
    return re.sub(r"^.*?\brecommend(?:s|ed)?(?: that)?\b|\W+", " ", text.casefold()).strip()


def joined(first: "Draft", second: "Draft") -> "Draft":
    """The fuller of the two, the places of both."""
    known = {name: getattr(first, name) or getattr(second, name) for name in ("label", "due")}
    addressee = first.addressee if first.addressee.name else second.addressee
    fuller = first if len(first.text) >= len(second.text) or first.label else second
    places = (*first.blocks, *(block for block in second.blocks if block not in first.blocks))
    concern = first.concern if first.concern is not None else second.concern
    return replace(fuller, **known, addressee=addressee, blocks=places, concern=concern)
