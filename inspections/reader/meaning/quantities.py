"""What is counted in a sentence: numbers with unit, qualifier and the thing that they count; ranks, shares and none.

Dates, references ("section 22", "Tier 5") and names with a number ("the 180 project") are no quantities.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from inspections.reader.meaning import surroundings as near
from inspections.reader.meaning.days import days_in, spans_in
from inspections.reader.meaning.numbers import ORDINALS, Number, either, last_digit, numbers_in

HUNDRED = 100
FILLING = re.compile(
    r"[\s(]*(?:an? (?:total|sum|estimated|further|additional)(?: of)?|another|a)?[\s(]*$", re.IGNORECASE
)
"""What may stand between a qualifier and its number."""


@dataclass(frozen=True)
class Wording:
    """How units and qualifiers are written, each phrase with the slug of its word; both are rows."""

    units: Mapping[str, str] = field(default_factory=dict)
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    exact: str = "exactly"

    def qualifier_before(self, text: str) -> tuple[str, int]:
        """The qualifier that a text ends with, and where it begins; the exact one, at its end, where there is none."""
        plain = FILLING.sub("", text)
        for phrase in sorted(self.qualifiers, key=len, reverse=True):
            if re.search(rf"\b{re.escape(phrase)}$", plain, re.IGNORECASE):
                return self.qualifiers[phrase], len(plain) - len(phrase)
        return self.exact, len(text)


@dataclass(frozen=True)
class Quantity:
    """One quantity at ``start`` to ``end`` of a text, in the terms of a published figure.

    ``noun`` is what follows and is counted, as far as it is plain; ``of`` the whole that it is a part of ("10 of 12").
    A fall in percent is below 0. Where only ``words`` tell a share, there is no value.
    """

    value: Decimal | None
    unit: str
    qualifier: str
    start: int
    end: int
    step: Decimal | None = None
    value_to: Decimal | None = None
    of: Decimal | None = None
    noun: str = ""
    words: str = ""
    is_age: bool = False
    is_unsure: str = ""
    """Why it may be none; "" where nothing speaks against it."""


def quantities_in(text: str, wording: Wording) -> list[Quantity]:
    """The quantities of a text, in order."""
    quantities = [*_counted(text, wording), *_worded(text, wording)]
    return sorted(quantities, key=lambda quantity: (quantity.start, quantity.end))


def counted_noun(after: str) -> str:
    """The words up to the plural that a number before them counts; "" where no plural follows within six words."""
    plain = re.sub(r" \([A-Z][A-Za-z0-9]{1,8}\)", "", after[:200]).lstrip(" -")
    stop = near.STOP.search(plain)
    words = re.findall(r"[\w’'-]+|&", plain[: stop.start()] if stop else plain)[:7]
    for place in range(1, len(words) + 1):
        last = words[place - 1].casefold()
        if last in near.IRREGULAR or (last.endswith("s") and not near.NOT_PLURAL.search(last) and len(last) > 2):
            return " ".join(words[:place])
    return ""


def _counted(text: str, wording: Wording) -> Iterator[Quantity]:
    numbers = [number for number in numbers_in(text) if not _is_elsewhere(text, number)]
    skip = False
    for number, following in pairwise([*numbers, None]):
        if skip or number is None:
            skip = False
            continue
        upper: Number | None = None
        whole: Number | None = None
        if following and following.value >= number.value:
            before, between = text[: number.start], text[number.end : following.start]
            joint = between.strip(" £")
            goes_to = joint in ("–", "—", "-") or near.BETWEEN.search(before) or (joint == "to" and not number.in_words)
            if goes_to and following.value > number.value and near.RANGE.match(between):
                upper = following  # the other end of "10 to 12"
            if near.OF_WHOLE.match(between) and not near.ALL_BUT.search(before):
                whole = following  # of "10 of the 12 plans"
        quantity = _one(text, number, upper, wording)
        skip = upper is not None or (whole is not None and quantity is not None)
        if quantity and whole:
            quantity = replace(quantity, of=whole.value, noun=counted_noun(text[whole.end :]))
        if quantity:
            yield quantity


def _is_elsewhere(text: str, number: Number) -> bool:
    """Whether the number is a part of a date, of a reference or of a name."""
    if number.is_money:
        return False
    before, after = text[: number.start], text[number.end :]
    in_date = any(day.start <= number.start < day.end for day in days_in(text))
    in_window = any(
        each.start <= number.start < each.end and not each.words.casefold().startswith("for ")
        for each in spans_in(text)
    )
    is_year = not number.in_words and 1900 <= number.value <= 2100 and "," not in text[number.start : number.end]
    is_part_of_year = is_year and near.FINANCIAL_YEAR_AFTER.match(after)
    is_sole_year = is_part_of_year or (is_year and not near.PERCENT_AFTER.match(after) and not counted_noun(after))
    is_of_person = near.PERSON_BEFORE.search(before) and near.AGE_ENDS.match(after) and number.value < HUNDRED
    is_rest_of_year = near.YEAR_BEFORE.search(before) and number.value < HUNDRED
    is_reference = is_rest_of_year or (near.REFERENCE.search(before) and not number.in_words)
    is_no_count = (
        is_of_person
        or near.EVIDENCE.search(before)
        or near.TELEPHONE.search(before)
        or near.NOT_COUNTED_AFTER.match(after)
    )
    return bool(in_date or in_window or is_sole_year or is_reference or is_no_count)


def _one(text: str, number: Number, upper: Number | None, wording: Wording) -> Quantity | None:
    """The quantity that begins with the number; None where nothing is counted."""
    end = (upper or number).end
    before, after = text[: number.start], text[end:]
    qualifier, start = wording.qualifier_before(before)
    if number.in_words and re.search(r"\bunder\s*$", before):  # "under two commands" says where
        qualifier, start = wording.exact, number.start
    # Its last digit stands for each one of a plain count, for the round figure of a round number.
    step = min(Decimal(1), number.step) if qualifier == wording.exact else number.step
    value_to = upper.value if upper else None
    made = Quantity(number.value, "count", qualifier, start, end, step=step, value_to=value_to)
    if number.is_money or re.match(r"^ (?:pounds|pounds sterling)\b", after):
        return replace(made, unit="pounds", step=last_digit(number.value), noun=counted_noun(after) or _rest(after))
    if match := near.PERCENT_AFTER.match(after):
        return _percent(replace(made, end=end + match.end()), before[:start] or before, after[match.end() :])
    if match := near.RATE_AFTER.match(after):
        unit = wording.units.get(match[1].casefold(), "")
        return replace(made, unit=unit, end=end + match.end()) if unit else None
    is_of_ages = near.UNDER_EIGHTEENS.search(before) and re.match(r"^s\b", after)
    is_older = near.OLDER_THAN.search(before) if re.match(r"^(?: (?:and|or|who)\b|[.,;)]|$)", after) else None
    if match := near.AGE_BEFORE.search(before) or near.AGE_AFTER.match(after) or is_of_ages or is_older:
        side = near.SIDES.get(
            (match.groupdict().get("side") or match.groupdict().get("late") or "").strip().casefold(), ""
        )
        return replace(
            made, unit="years", qualifier=wording.exact, step=Decimal(1), is_age=True, words=side, noun="age"
        )
    for phrase, slug in wording.units.items():
        if slug != "years" and (match := re.match(rf"^ {re.escape(phrase)}\b", after, re.IGNORECASE)):
            return replace(made, unit=slug, end=end + match.end(), noun=_rest(after[match.end() :]))
    return (
        _time(made, before, after)
        if near.YEARS_AFTER.match(after) or (near.TIME_AFTER.match(after) and not near.ON_SO_MANY.search(before))
        else _count(made, number, before, after)
    )


def _percent(made: Quantity, before: str, after: str) -> Quantity:
    """A percent of a whole, or a change where the words beside it say up or down."""
    change = near.UP_OR_DOWN.match(after) or near.UP_OR_DOWN_BEFORE.search(before)
    made = replace(made, unit="percent_change" if change else "percent", noun=_rest(after))
    is_down = change and next(word for word in change.groupdict().values() if word).casefold().startswith(near.DOWN)
    return replace(made, value=-made.value) if is_down and made.value else made


def _time(made: Quantity, before: str, after: str) -> Quantity | None:
    """A length of time that is told of something; what lies in a span of time is none."""
    if (
        not (match := near.YEARS_AFTER.match(after))
        or near.WINDOW_BEFORE.search(before)
        or re.match(r"^ years? (?:ago|old)\b", after)
    ):
        return None
    is_adjective = after.startswith("-")
    is_lasting = re.search(
        r"\b(?:for|every|lasts?|lasting|of|takes?)(?: the| its)?(?: last| past| next)?\s*$", before, re.IGNORECASE
    )
    if is_adjective or is_lasting:
        noun = _rest(after[match.end() :])
        return replace(made, unit="years", end=made.end + match.end(), noun=noun)
    return None


def _count(made: Quantity, number: Number, before: str, after: str) -> Quantity | None:
    """A count of things, where it stands before a plural or before what stands for one."""
    noun, ends_clause = counted_noun(after), bool(re.match(r"^ ?[(,.;]|$", after))
    like_another = near.LIKE_ANOTHER.search(before) if ends_clause else None
    of_those = near.OF_THOSE.search(before) or near.OF_THOSE_BEFORE.search(before)
    is_of_some = near.IN_SO_MANY.search(before) and after.startswith((", ", " there ", " nobody ", " no "))
    is_part = bool(near.PRONOUN.match(after) or near.OF_GROUP.match(after) or of_those or like_another or is_of_some)
    if like_another:
        noun = like_another["noun"] or like_another["other"]
    elif of_those:
        noun = noun or counted_noun(of_those["whole"])
    if number.in_words and number.value <= 1:
        is_only = re.search(r"\bonly\s*$", before, re.IGNORECASE) or near.OF_FEW.match(after)
        return replace(made, noun=noun) if number.value and is_only else None
    ends = not number.in_words and ends_clause
    if near.NAME_AFTER.match(after) or near.ONE_IN.search(before) or not (noun or is_part or ends):
        return None
    return replace(made, noun=noun, is_unsure="" if noun or is_part else "Nothing that is counted follows the number.")


def _rest(after: str) -> str:
    """The words that follow, up to the end of their part of the sentence."""
    return re.split(r"[.;:(),]", after.strip(), maxsplit=1)[0][:80].strip()


def _worded(text: str, wording: Wording) -> Iterator[Quantity]:
    """What no number counts: ranks, none, and the parts and multiples that only words give."""
    for match in near.RANK.finditer(text):  # "second largest"; of "second and fifth largest" both
        for word in re.finditer(
            rf"{either(ORDINALS)}|\d+(?=st|nd|rd|th)", match["first"] + match["more"], re.IGNORECASE
        ):
            place = ORDINALS.get(word[0].casefold(), 0) or int(word[0])
            start = match.start() + word.start()
            noun = text[match.end() :].split(".")[0][:80].strip()
            yield Quantity(Decimal(place), "rank", wording.exact, start, match.end(), step=Decimal(1), noun=noun)
    for match in near.NONE_OF.finditer(text):  # "none of these schools"
        noun = counted_noun(match["noun"])
        yield Quantity(Decimal(0), "count", wording.exact, match.start(), match.end(), step=Decimal(1), noun=noun)
    for match in near.NOT_ANY.finditer(text):  # "had not visited any schools"
        if noun := counted_noun(match["noun"]):
            unsure = "None, by a sentence that says “not any”."
            zero = Quantity(Decimal(0), "count", wording.exact, match.start("any"), match.end(), step=Decimal(1))
            yield replace(zero, noun=noun, is_unsure=unsure)
    for match in near.SHARE.finditer(text):  # "a third of", "twice the"
        qualifier, start = wording.qualifier_before(text[: match.start()])
        words = text[start : match.end()].strip().casefold()
        known = wording.qualifiers.get(
            words, wording.qualifiers.get(words.replace("more than twice", "more than double"), "")
        )
        noun = _rest(re.sub(r"^ of\b", "", text[match.end() :]))
        yield Quantity(None, "share", known or qualifier, start, match.end(), words=words, noun=noun)
