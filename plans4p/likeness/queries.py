"""How far the actions of plans share their wording: as it was kept, and the texts as they are compared."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from disruptions.choices import DataKind
from forces.areas.models import LocalPolicingArea
from forces.models import Alias, Organisation, Region
from plans4p.aims.models import Action, Tactic
from plans4p.directory.queries import User
from plans4p.likeness.models import Likeness
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.sites.models import Site
from soc_tracker.core.text.likeness import Apart, Likely, Phrases, Text, Texts, wording


def get_copies(user: User, plan: Plan) -> dict[int, Likeness]:
    """For each of its actions that stands in another plan that the user may see, by key, where it does so most nearly.
    One query.
    """
    copies: dict[int, Likeness] = {}
    rows = Likeness.objects.visible_to(user).filter(plan=plan, plan__likeness_check__isnull=False)
    for row in rows.select_related("action", "other__aim__plan").order_by("action", "-ratio", "pk"):
        copies.setdefault(row.action_id, row)
    return copies


LONGEST_WORDS, MOST_ACTIONS = 3, 500
"""Words of an action that has just been written, and actions with one of them, at which a first look is taken."""


@dataclass(frozen=True)
class Wordings:
    """The actions of all plans of one kind of data, as read at a time.

    ``of_plan`` has every plan, with those of its actions that can be compared; ``versions`` every action of each plan,
    by which one sees whether any has changed since.
    """

    at: datetime
    texts: Texts
    of_plan: dict[int, list[Text]]
    versions: dict[int, dict[int, int]]

    def alike(self, plan: int, *, indexed: bool) -> list[Likely]:
        return [likely for text in self.of_plan[plan] for likely in self.texts.alike(text, indexed=indexed)]


def get_wordings(kind: DataKind, at: datetime) -> Wordings:
    """Recorded plans are compared with recorded ones, illustrative with illustrative."""
    of_plan: dict[int, list[Text]] = {}
    versions: dict[int, dict[int, int]] = {}
    for plan in Plan.objects.of_kind(kind).values_list("pk", flat=True):
        of_plan[plan], versions[plan] = [], {}
    actions = Action.objects.filter(aim__plan__in=Plan.objects.of_kind(kind)).order_by()
    set_apart = get_apart()
    for key, plan, version, text in actions.values_list("pk", "aim__plan", "version", "description").iterator():
        if plan in of_plan:  # one that was written a moment ago is compared by a task of its own
            versions[plan][key] = version
            if words := wording(text, set_apart):
                of_plan[plan].append(Text(key, plan, words))
    return Wordings(at, Texts(text for texts in of_plan.values() for text in texts), of_plan, versions)


def first_look(user: User, action: Action) -> tuple[Action, int] | None:
    """The action of another plan that is most like this one, with their likeness of 100; None where the user may see
    none.

    For whoever has just written it: among those that share one of its longest words, the latest. All are compared
    in the background.
    """
    set_apart = get_apart()
    text = Text(action.pk, action.plan.pk, wording(action.description, set_apart))
    longest = sorted(set(text.wording.split()), key=len)[-LONGEST_WORDS:]
    if not longest:
        return None
    shares = Q()
    for word in longest:
        shares |= Q(description__icontains=word)
    others = Action.objects.visible_to(user).filter(shares, aim__plan__kind_of_data=action.plan.kind_of_data)
    rows = others.exclude(aim__plan=action.plan).select_related("aim__plan").order_by("-pk")[:MOST_ACTIONS]
    by_key = {row.pk: row for row in rows}
    texts = Texts(Text(row.pk, row.aim.plan_id, wording(row.description, set_apart)) for row in by_key.values())
    nearest = max(texts.alike(text), key=lambda likely: likely.ratio, default=None)
    return (by_key[nearest.other.key], nearest.ratio) if nearest else None


def get_apart() -> Apart:
    """Every name of a place, body or partner on record, and the menu of tactics."""
    sources = (
        Organisation.objects.values_list("name", "short_name"),
        Alias.objects.values_list("name"),
        Region.objects.values_list("name"),
        LocalPolicingArea.objects.values_list("name"),
        Site.objects.values_list("place"),
        Partner.objects.values_list("name"),
    )
    names = Phrases(name for rows in sources for row in rows for name in row)
    return Apart(names=names, menu=Phrases(Tactic.objects.values_list("name", flat=True)))
