"""Which demo plans there are: for which body, how good, at what stage, owned by whom.

They show what the 2022/23 report on the north-west found in the plans of each force: tailored and kept up to date in
Lancashire, quality-assured in Merseyside, reviewed by peers in Greater Manchester; in Cheshire without a clear owner,
unclear, generic or out of date; few in Cumbria; generic, by several hands and without partners in North Wales. They are
examples: most threats of the demo have no plan, which says nothing of any body.
"""

from dataclasses import dataclass
from enum import Enum, auto

LANCASHIRE, MERSEYSIDE, MANCHESTER = "lancashire", "merseyside", "greater-manchester"
CHESHIRE, CUMBRIA, NORTH_WALES, UNIT = "cheshire", "cumbria", "north-wales", "nwrocu"
OF_THE_ACCOUNT, OF_THE_SECOND = (LANCASHIRE, 0), (LANCASHIRE, 1)
"""The officers who sign in with the two demo accounts: the first two of Lancashire's."""
WITH_ACCOUNT = 3
"""The first so many officers of each body have accounts, so that one of its own signs what another has written."""


class Wording(Enum):
    TAILORED = auto()
    GENERIC = auto()
    PLAIN = auto()
    UNCLEAR = auto()
    STRATEGIC = auto()


class Stage(Enum):
    DRAFT = auto()
    SIGNED = auto()
    SLIPPING = auto()
    """Signed and reviewed, with one action late."""
    UNDER_REVIEW = auto()
    OUT_OF_DATE = auto()
    """Signed long ago, and looked at by nobody since."""
    CLOSED = auto()


@dataclass(frozen=True)
class Sort:
    """A sort of plans of one body. ``theme`` makes one strategic; ``owner`` is an officer's place, None for nobody."""

    body: str
    wording: Wording
    stage: Stage
    owner: int | None = 0
    theme: str = ""
    asks_partners: bool = True
    is_checked: bool = False
    """Whether a second person has assured its quality."""
    is_passed_on: bool = False
    has_evidence: bool = True

    @property
    def holder(self) -> int | None:
        """The place of the officer who owns the plan in the end: the next one, where it was passed on."""
        return self.owner + 1 if self.is_passed_on and self.owner is not None else self.owner


def _good(body: str, owner: int, stage: Stage = Stage.SIGNED, *, is_passed_on: bool = False) -> Sort:
    return Sort(body, Wording.TAILORED, stage, owner, is_checked=True, is_passed_on=is_passed_on)


def _strategic(body: str, owner: int, theme: str) -> Sort:
    return Sort(body, Wording.STRATEGIC, Stage.SIGNED, owner, theme, is_checked=True)


def _generic(body: str, owner: int, stage: Stage = Stage.SIGNED) -> Sort:
    return Sort(body, Wording.GENERIC, stage, owner, asks_partners=False, has_evidence=stage != Stage.DRAFT)


SORTS: tuple[Sort, ...] = (
    _good(LANCASHIRE, 0),
    _good(LANCASHIRE, 0),
    _good(LANCASHIRE, 0, Stage.SLIPPING),
    _good(LANCASHIRE, 0, Stage.DRAFT),
    *(_good(LANCASHIRE, owner) for owner in (1, 2, 3)),
    _good(LANCASHIRE, 4, Stage.CLOSED),
    _strategic(LANCASHIRE, 5, "Modern slavery"),
    *(_good(MERSEYSIDE, owner) for owner in (0, 1, 2, 3, 4)),
    _good(MERSEYSIDE, 5, is_passed_on=True),
    _good(MERSEYSIDE, 6, Stage.CLOSED),
    _strategic(MERSEYSIDE, 0, "Firearms"),
    *(_good(MANCHESTER, owner) for owner in (0, 1, 2)),
    _good(MANCHESTER, 3, Stage.UNDER_REVIEW),
    _strategic(MANCHESTER, 4, "Criminal finance"),
    _strategic(MANCHESTER, 5, "County lines"),
    Sort(CHESHIRE, Wording.TAILORED, Stage.SIGNED, 0),
    Sort(CHESHIRE, Wording.PLAIN, Stage.DRAFT, None),
    *(Sort(CHESHIRE, Wording.UNCLEAR, Stage.SIGNED, owner) for owner in (1, 2)),
    *(Sort(CHESHIRE, Wording.PLAIN, Stage.OUT_OF_DATE, owner) for owner in (2, 3, 4)),
    *(_generic(CHESHIRE, owner) for owner in (3, 4)),
    Sort(CUMBRIA, Wording.TAILORED, Stage.SIGNED, 0),
    Sort(CUMBRIA, Wording.PLAIN, Stage.OUT_OF_DATE, 1, asks_partners=False),
    Sort(CUMBRIA, Wording.UNCLEAR, Stage.DRAFT, 2, asks_partners=False),
    *(_generic(NORTH_WALES, owner) for owner in (0, 1, 2, 3, 4)),
    *(_generic(NORTH_WALES, owner, Stage.DRAFT) for owner in (1, 5)),
    *(_good(UNIT, owner) for owner in (0, 1, 2)),
    _strategic(UNIT, 0, "Crime in prisons"),
)
