"""What bodies were and became: who came before and after whom, and which body has the figures of which on a day."""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from forces.choices import SuccessionKind
from forces.models import Organisation, Succession
from soc_tracker.core.text.days import in_words


@dataclass(frozen=True)
class Became:
    """What a body became, or what it came from, on a day; ``words`` stand before the names of the ``bodies``."""

    words: str
    on: date
    bodies: tuple[Organisation, ...]


@dataclass(frozen=True)
class Lineage:
    """All successions, in the order of their days."""

    links: tuple[Succession, ...]

    def before(self, body: Organisation, day: date) -> tuple[Organisation, ...]:
        """Every body from which it came up to the day, the nearest first, each once; see ``until``."""
        earlier: dict[int, Organisation] = {}
        newest = {body.pk}
        while newest:
            links = [link for link in self.links if link.successor_id in newest and link.on <= day]
            newest = {link.predecessor_id for link in links} - {body.pk, *earlier}
            earlier |= {link.predecessor_id: until(link.predecessor, link.on) for link in links}
        return tuple(earlier.values())

    def going_on_in(self, day: date) -> dict[int, Organisation]:
        """The body in which all of an earlier one goes on by the day, by the earlier one's key: of one that became
        several nothing can be said.
        """
        after: dict[int, list[Succession]] = {}
        for link in self.links:
            if link.on <= day:
                after.setdefault(link.predecessor_id, []).append(link)
        whole = {key: links[0].successor for key, links in after.items() if len(links) == 1}
        last = {}
        for key, later in whole.items():
            last[key] = later
            while last[key].pk in whole:
                last[key] = whole[last[key].pk]
        return last

    def goes_on_in(self, body: Organisation, day: date) -> tuple[Organisation, ...]:
        """The bodies in which it goes on on the day: itself, the one that it became, or the several."""
        later = [link.successor for link in self.links if link.predecessor_id == body.pk and link.on <= day]
        last = {each.pk: each for successor in later for each in self.goes_on_in(successor, day)}
        return tuple(last.values()) or (body,)

    def divided(self, bodies: Collection[Organisation], day: date) -> tuple[list[Organisation], list[Organisation]]:
        """The earlier bodies that had become several by the day: those of which all parts go on in the ``bodies``, so
        that what was theirs is of these together and of none alone; and those of which only some do.
        """
        after: dict[int, set[int]] = {}
        for link in self.links:
            if link.on <= day:
                after.setdefault(link.predecessor_id, set()).add(link.successor_id)
        here, wholly, partly = {body.pk for body in bodies}, set[int](), set[int]()
        for key in (key for key, parts in after.items() if len(parts) > 1):
            last, newest = set[int](), {key}
            while newest:
                last |= {each for each in newest if each not in after}
                newest = set[int]().union(*(after.get(each, ()) for each in newest))
            (wholly if last <= here else partly if last & here else set()).add(key)
        return self.earlier(wholly), self.earlier(partly)

    def earlier(self, keys: Collection[int]) -> list[Organisation]:
        """The earlier bodies with these keys, each once, named with their last day."""
        return list(
            {
                link.predecessor_id: until(link.predecessor, link.on)
                for link in self.links
                if link.predecessor_id in keys
            }.values()
        )

    def on_day(self, body: Organisation, day: date) -> Organisation | None:
        """The body that stood on the day for this one, before it began or after it ended; None where it had become
        several by then. Of one that came from several nothing earlier can be told: it stays.
        """
        later = [link for link in self.links if link.predecessor_id == body.pk and link.on <= day]
        if later:
            return self.on_day(later[0].successor, day) if len(later) == 1 else None
        earlier = [link for link in self.links if link.successor_id == body.pk and link.on > day]
        if len(earlier) == 1 and body.valid_from and body.valid_from > day:
            return self.on_day(earlier[0].predecessor, day)
        return body

    def came_from(self, body: Organisation, today: date) -> tuple[Became, ...]:
        links = [link for link in self.links if link.successor_id == body.pk and link.on <= today]
        return _by_day(links, lambda link: (SuccessionKind(link.kind).before, link.predecessor))

    def became(self, body: Organisation, today: date) -> tuple[Became, ...]:
        """Also what it is to become."""
        links = [link for link in self.links if link.predecessor_id == body.pk]
        planned = {True: "To be: ", False: ""}
        return _by_day(
            links, lambda link: (f"{planned[link.on > today]}{SuccessionKind(link.kind).label}", link.successor)
        )


def _by_day(links: list[Succession], part: Callable[[Succession], tuple[str, Organisation]]) -> tuple[Became, ...]:
    """``part`` gives the words and the body of a link: bodies of one day and the same words stand together."""
    groups: dict[tuple[str, date], list[Organisation]] = {}
    for link in links:
        words, body = part(link)
        groups.setdefault((words, link.on), []).append(body)
    return tuple(Became(words, on, tuple(bodies)) for (words, on), bodies in groups.items())


def get_lineage(user: AbstractBaseUser | AnonymousUser | None = None) -> Lineage:
    """As the user may see it; without one, as files are read by it. One query."""
    rows = Succession.objects.visible_to(user) if user else Succession.objects.all()
    return Lineage(tuple(rows.select_related("predecessor", "successor").order_by("on", "pk")))


def until(body: Organisation, first_day_after: date) -> Organisation:
    """A body that is no more, named for readers with its last day. It is never written."""
    marked = copy(body)
    last = in_words(first_day_after - timedelta(days=1))
    marked.name, marked.short_name = f"{body.name} (to {last})", f"{body.short_name} (to {last})"
    return marked
