"""The actions of plans as their wording is compared: read at once, and compared without the database."""

from dataclasses import dataclass
from datetime import datetime

from disruptions.choices import DataKind
from forces.models import Alias, LocalPolicingArea, Organisation, Region
from plans4p.models import Action, Partner, Plan, Site, Tactic
from soc_tracker.lib.likeness import Apart, Likely, Phrases, Text, Texts, wording


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


def wordings(kind: DataKind, at: datetime) -> Wordings:
    """Recorded plans are compared with recorded ones, illustrative with illustrative."""
    of_plan: dict[int, list[Text]] = {}
    versions: dict[int, dict[int, int]] = {}
    for plan in Plan.objects.of_kind(kind).values_list("pk", flat=True):
        of_plan[plan], versions[plan] = [], {}
    actions = Action.objects.filter(aim__plan__in=Plan.objects.of_kind(kind)).order_by()
    set_apart = apart()
    for key, plan, version, text in actions.values_list("pk", "aim__plan", "version", "description").iterator():
        if plan in of_plan:  # one that was written a moment ago is compared by a task of its own
            versions[plan][key] = version
            if told := wording(text, set_apart):
                of_plan[plan].append(Text(key, plan, told))
    return Wordings(at, Texts(text for texts in of_plan.values() for text in texts), of_plan, versions)


def apart() -> Apart:
    """Every name of a place, body or partner on record, and the menu of tactics."""
    named = (
        Organisation.objects.values_list("name", "short_name"),
        Alias.objects.values_list("name"),
        Region.objects.values_list("name"),
        LocalPolicingArea.objects.values_list("name"),
        Site.objects.values_list("place"),
        Partner.objects.values_list("name"),
    )
    names = Phrases(name for rows in named for row in rows for name in row)
    return Apart(names=names, menu=Phrases(Tactic.objects.values_list("name", flat=True)))
