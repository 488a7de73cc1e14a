"""How threats and disruptions are found by what people type into a form."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse_lazy

from disruptions import text_search
from disruptions.choices import DataKind
from soc_tracker.lib.lookups import Finder, by_reference


def labelled(*parts: Callable[[Any], Any]) -> Callable[[Any], str]:
    """What tells a record from others: some of its parts, and that it is made up."""

    def label(record: Any) -> str:
        made_up = ["illustrative"] if record.kind_of_data == DataKind.ILLUSTRATIVE else []
        return ", ".join([str(part(record)) for part in parts if part(record)] + made_up)

    return label


THREATS = Finder(
    one="threat",
    several="threats",
    hint="Its reference, such as OCG-0000001, or words of its name.",
    exact=by_reference,
    text=lambda threat: threat.reference,
    label=labelled(str, lambda threat: threat.organisation),
    url=reverse_lazy("disruptions:lookup", args=["threats"]),
)
DISRUPTIONS = Finder(
    one="disruption",
    several="disruptions",
    hint="Its reference, such as DIS-2023-0000001, or words of its summary.",
    exact=by_reference,
    words=text_search.matching,
    text=lambda disruption: disruption.reference,
    label=labelled(str, lambda row: row.get_four_p_display(), lambda row: row.organisation, lambda row: row.summary),
    url=reverse_lazy("disruptions:lookup", args=["disruptions"]),
)
