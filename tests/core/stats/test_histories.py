"""Histories of what must change: packs that add up, timeliness and rates as a slow reader works them out."""

from datetime import date, timedelta

import pytest

from soc_tracker.core.stats.histories import (
    Deadline,
    History,
    Line,
    Movement,
    Timeliness,
    done_within,
    get_pack,
    slips,
    spells,
    timeliness,
)
from soc_tracker.core.text.days import Period
from tests.core.stats.histories import seeded, slow_timeliness, some_day, some_histories, some_period, states

QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31))
MADE = date(2023, 11, 10)


@pytest.fixture(scope="module")
def thousand() -> list[History]:
    return some_histories(seeded(14), 1000)


def test_a_thousand_histories_add_up_in_every_period(thousand: list[History]) -> None:
    random = seeded(1)
    for _ in range(30):
        pack = get_pack(thousand, some_period(random))
        assert pack.difference == 0
        assert pack.opening == sum(
            bool(at := states(each, pack.period.first - timedelta(1))) and at[-1][1] for each in thousand
        )
        assert list(pack.moves) == sorted(pack.moves, key=lambda moved: moved.on)


def test_packs_of_parts_make_the_pack_of_all(thousand: list[History]) -> None:
    whole = get_pack(thousand, QUARTER)
    parts = [get_pack(thousand[start::7], QUARTER) for start in range(7)]
    assert sum(part.opening for part in parts) == whole.opening
    assert sum(part.closing for part in parts) == whole.closing
    for movement in Movement:
        assert sum(part.count(movement) for part in parts) == whole.count(movement)


def test_one_period_closes_with_what_the_next_opens_with(thousand: list[History]) -> None:
    months = [Period(date(2024, month, 1), date(2024, month + 1, 1) - timedelta(1)) for month in range(1, 12)]
    packs = [get_pack(thousand, month) for month in months]
    assert [pack.closing for pack in packs[:-1]] == [pack.opening for pack in packs[1:]]


def test_nothing_is_open_or_closed_without_a_line_that_says_so(thousand: list[History]) -> None:
    random = seeded(2)
    for history in thousand:
        day = some_day(random)
        changes = states(history, day)
        assert history.is_open(day) == (bool(changes) and changes[-1][1])
        closed = changes[-1][0] if changes and not changes[-1][1] else None
        assert history.closed_on(day) == closed


def test_timeliness_is_that_of_a_slow_reader_against_both_dates(thousand: list[History]) -> None:
    random = seeded(3)
    for history in thousand:
        for day in (some_day(random) for _ in range(5)):
            dues = history.dues(day) or [None]
            closed = history.closed_on(day)
            assert timeliness(dues[0], closed, day) == slow_timeliness(history, day, first=True)
            assert timeliness(dues[-1], closed, day) == slow_timeliness(history, day, first=False)


def test_what_comes_after_a_day_changes_nothing_as_at_the_day(thousand: list[History]) -> None:
    random = seeded(4)
    for history in thousand:
        day = some_day(random)
        before = History(
            history.key,
            history.made,
            tuple(line for line in history.lines if line.on <= day),
            tuple(each for at, each in enumerate(history.deadlines) if at == 0 or each.on <= day),
        )
        assert (before.until(day), before.dues(day)) == (history.until(day), history.dues(day))


def test_closed_and_reopened_twice_in_one_quarter_counts_each_time() -> None:
    days = [date(2024, 1, 10), date(2024, 2, 1), date(2024, 2, 10), date(2024, 3, 1)]
    history = History("x", MADE, tuple(Line(on, is_open=bool(at % 2)) for at, on in enumerate(days)))
    pack = get_pack([history], QUARTER)
    assert [(moved.on, moved.movement) for moved in pack.moves] == [
        (days[0], Movement.CLOSED),
        (days[1], Movement.REOPENED),
        (days[2], Movement.CLOSED),
        (days[3], Movement.REOPENED),
    ]
    assert (pack.opening, pack.closing, pack.difference) == (1, 1, 0)


def test_both_ends_of_a_period_belong_to_it() -> None:
    histories = [
        History("first", QUARTER.first),
        History("last", QUARTER.last),
        History("before", QUARTER.first - timedelta(1)),
    ]
    pack = get_pack(histories, QUARTER)
    assert (pack.opening, pack.count(Movement.MADE), pack.closing) == (1, 2, 3)


def test_a_line_before_it_was_made_holds_from_the_day_it_was_made() -> None:
    history = History("x", MADE, (Line(MADE - timedelta(days=9), is_open=False),))
    assert history.closed_on(MADE) == MADE
    assert get_pack([history], Period(MADE, MADE)).moves[-1].movement == Movement.CLOSED


def test_a_line_that_changes_nothing_is_no_movement() -> None:
    history = History("x", MADE, (Line(date(2024, 1, 5), is_open=True), Line(date(2024, 2, 5), is_open=True)))
    assert get_pack([history], QUARTER).moves == ()


@pytest.mark.parametrize(
    ("due", "closed", "expected"),
    [
        (None, None, Timeliness.NO_DATE),
        (None, date(2024, 1, 1), Timeliness.CLOSED_NO_DATE),
        (date(2024, 3, 1), date(2024, 3, 1), Timeliness.CLOSED_IN_TIME),
        (date(2024, 3, 1), date(2024, 3, 2), Timeliness.CLOSED_LATE),
        (date(2024, 3, 30), None, Timeliness.OVERDUE),
        (date(2024, 3, 31), None, Timeliness.DUE_SOON),
        (date(2024, 4, 30), None, Timeliness.DUE_SOON),
        (date(2024, 5, 1), None, Timeliness.NOT_YET_DUE),
    ],
)
def test_timeliness_on_the_edges(due: date | None, closed: date | None, expected: Timeliness) -> None:
    assert timeliness(due, closed, date(2024, 3, 31)) == expected


def test_only_a_move_to_a_later_date_is_a_slip() -> None:
    early, middle, late = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
    assert slips([early, late, middle, late]) == 2
    assert slips([None, early, None, late]) == 0
    assert slips([early]) == slips([]) == 0


def test_a_spell_is_that_of_the_closing_that_stands() -> None:
    day = date(2024, 12, 31)
    lines = (Line(date(2024, 1, 9), is_open=False), Line(date(2024, 2, 9), is_open=True))
    again = History("again", MADE, lines)
    closed = History("closed", MADE, (*lines, Line(date(2024, 6, 9), is_open=False)))
    later = History("later", date(2025, 1, 1))
    assert [(spell.days, spell.is_over) for spell in spells([again, closed, later], day)] == [
        ((day - MADE).days, False),
        ((date(2024, 6, 9) - MADE).days, True),
    ]


def test_done_within_counts_only_what_is_old_enough() -> None:
    """A superseded one is closed, and not done; one that was done a day too late does not count within the year."""
    done = Line(date(2024, 11, 10), is_open=False, is_done=True)
    histories = [
        History("in time", MADE, (done,)),
        History("too late", MADE, (Line(date(2024, 11, 11), is_open=False, is_done=True),)),
        History("superseded", MADE, (Line(date(2024, 2, 1), is_open=False),)),
        History("too young", date(2024, 6, 1), (done,)),
    ]
    rate = done_within(histories, 1, date(2025, 3, 31))
    assert (rate.x, rate.n) == (1, 3)
    assert done_within(histories, 2, date(2025, 3, 31)).n == 0


def test_rates_of_a_thousand_histories_are_those_of_a_slow_reader(thousand: list[History]) -> None:
    day = date(2025, 6, 30)
    for years in (1, 2, 4):
        x = n = 0
        for history in thousand:
            try:
                end = history.made.replace(year=history.made.year + years)
            except ValueError:
                end = date(history.made.year + years, 2, 28)
            if end <= day:
                n += 1
                seen = [line for line in history.lines if line.on <= end]
                x += bool(seen) and seen[-1].is_done
        rate = done_within(thousand, years, day)
        assert (rate.x, rate.n) == (x, n)
        assert 0 < x < n


def test_a_move_of_the_deadline_holds_from_its_day() -> None:
    history = History(
        "x", MADE, deadlines=(Deadline(MADE, date(2024, 5, 31)), Deadline(date(2024, 4, 1), date(2024, 9, 30)))
    )
    assert history.dues(date(2024, 3, 31)) == [date(2024, 5, 31)]
    assert history.dues(date(2024, 4, 1)) == [date(2024, 5, 31), date(2024, 9, 30)]
