"""What each demo plan says: its aims with their actions, and where it has no aim, why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from disruptions.choices import FourP
from plans4p.choices import ResultKind
from soc_tracker.demo.fourp import words
from soc_tracker.demo.fourp.cases import TAILORED, Case
from soc_tracker.demo.fourp.plans import Wording
from soc_tracker.demo.fourp.words import Aimed
from soc_tracker.demo.fourp.words_money import MONEY

Texts = Mapping[FourP, Iterable[str]]


@dataclass(frozen=True)
class AimSaid:
    """An aim in words. ``late_actions`` are those that were added after the plan was signed."""

    four_p: FourP
    change: str
    measure: str
    counts: ResultKind
    actions: list[str]
    late_actions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    aims: list[AimSaid]
    omissions: dict[FourP, str]


class Bank:
    """Wording that is handed out once: what one plan says, no other does."""

    def __init__(self) -> None:
        self.tailored = {name: _dealt(texts) for name, texts in TAILORED.items()}
        self.plain = _dealt(words.PLAIN)
        self.own = iter(words.OWN)

    def said(self, case: Case) -> Said:
        """The whole text of a plan. What is not covered says why."""
        told = {
            Wording.TAILORED: self._tailored,
            Wording.STRATEGIC: _strategic,
            Wording.GENERIC: self._generic,
            Wording.PLAIN: self._plain,
            Wording.UNCLEAR: self._unclear,
        }
        aims = [aim for aim in told[case.sort.wording](case) if aim.actions]
        have = {aim.four_p for aim in aims}
        reasons = {} if case.sort.wording == Wording.GENERIC else words.OMITTED
        return Said(aims, {p: reasons.get(p, words.NOT_APPLICABLE) for p in FourP if p not in have})

    def _tailored(self, case: Case) -> Iterator[AimSaid]:
        texts = self.tailored[case.crime_type]
        first, second = _take(texts, FourP.PURSUE, 2)
        if case.crime_type in MONEY:
            yield _aim(FourP.PURSUE, words.DISRUPTED[FourP.PURSUE], [first], case)
            yield _aim(FourP.PURSUE, words.ASSETS, [second], case)
        else:
            yield _aim(FourP.PURSUE, words.DISRUPTED[FourP.PURSUE], [first, second], case)
        for four_p in (FourP.PREVENT, FourP.PROTECT, FourP.PREPARE):
            yield _aim(four_p, _aimed(case, four_p), _take(texts, four_p, 1), case)

    def _generic(self, case: Case) -> Iterator[AimSaid]:
        for four_p, texts in words.GENERIC.items():
            own = [next(self.own)] if four_p == FourP.PURSUE else []
            yield _aim(four_p, words.DISRUPTED[four_p], [*texts, *own], case)

    def _plain(self, case: Case) -> Iterator[AimSaid]:
        for four_p in (FourP.PURSUE, FourP.PREVENT, FourP.PROTECT):
            yield _aim(four_p, _aimed(case, four_p), _take(self.plain, four_p, 1), case)

    def _unclear(self, case: Case) -> Iterator[AimSaid]:
        aim = _aim(FourP.PURSUE, words.DISRUPTED[FourP.PURSUE], _take(self.plain, FourP.PURSUE, 1), case)
        aim.late_actions.extend(words.UNCLEAR)
        yield aim


def _strategic(case: Case) -> Iterator[AimSaid]:
    for four_p, texts in words.STRATEGIC[case.sort.theme].items():
        change, measure, _ = words.DISRUPTED[four_p]
        yield _aim(four_p, (change, measure, ResultKind.OTHER), texts, case)


def _aim(four_p: FourP, aimed: Aimed, actions: Iterable[str], case: Case) -> AimSaid:
    name = case.threat.name if case.threat else case.sort.theme.lower()
    change, measure, counts = aimed
    return AimSaid(four_p, _named(change, name), measure, counts, [_named(text, name) for text in actions])


def _named(text: str, name: str) -> str:
    said = text.format(threat=name)
    return said[0].upper() + said[1:]


def _aimed(case: Case, four_p: FourP) -> Aimed:
    """By disruptions where the threat met some of this P since the plan began, else by what else can be counted."""
    has_some = case.disruptions_since(case.span.starts_on, four_p)
    return words.DISRUPTED[four_p] if has_some else words.OTHERWISE.get(four_p, words.DISRUPTED[four_p])


def _dealt(texts: Texts) -> dict[FourP, Iterator[str]]:
    return {four_p: iter(lines) for four_p, lines in texts.items()}


def _take(texts: dict[FourP, Iterator[str]], four_p: FourP, number: int) -> list[str]:
    """The next so many; fewer where they run out."""
    return [text for _, text in zip(range(number), texts[four_p], strict=False)]
