"""What pages of the record share: one kind of data as at one day, both shown and both the reader's choice."""

from datetime import date
from typing import Any

from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.lists.filters import cite_url
from soc_tracker.core.lists.pages import ListPage


class RecordList(ListPage):
    """A list of the record; its filter is a RecordFilter."""

    permission = "disruptions.read_record"

    @property
    def standpoint(self) -> Standpoint:
        standpoint: Standpoint = self.filterset.standpoint
        return standpoint

    @property
    def kind_of_data(self) -> str:  # type: ignore[override]
        return self.standpoint.kind

    @property
    def as_at(self) -> date:
        return self.standpoint.day

    @property
    def pinned(self) -> dict[str, str]:
        """The neighbouring pages are those of the same record, whatever is loaded while somebody reads this one."""
        return self.standpoint.parameters

    def context(self) -> dict[str, Any]:
        context = super().context() | {"standpoint": self.standpoint}
        return context if self.filter.problems else context | {"cite_url": cite_url(self.request)}
