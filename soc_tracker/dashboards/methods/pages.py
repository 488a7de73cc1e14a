"""How figures are read and computed, for readers."""

from typing import Any

from disruptions.choices import FourP
from inspections.practice.queries import ENOUGH
from inspections.vocabularies.models import GradeScale, MonitoringStage
from soc_tracker.core.access.roles import Role
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.stats.shares import FEWEST_RECORDS
from soc_tracker.dashboards.areas.queries import list_boundaries
from soc_tracker.dashboards.effect.queries import FEWEST, MOST
from soc_tracker.dashboards.methods.queries import list_acts, list_addresses
from soc_tracker.dashboards.practice.queries import FEWEST_THREATS

ROLE_COLUMNS = tuple(
    Column(role.value, role.label, lambda row, role=role: "Yes" if role in row.roles else "No") for role in Role
)
ACTS = (
    Column("words", "What is done", lambda row: row.words),
    *ROLE_COLUMNS,
    Column("of", "Of which bodies", lambda row: BY_REACH if row.by_reach else "All"),
)
ADDRESSES = (
    Column("address", "Address", lambda row: row.address),
    Column("read", "To open it", lambda row: row.read),
    Column("write", "To send its form", lambda row: row.write if row.write != row.read else "the same"),
)
BY_REACH = "Those in the account’s reach"


class WhoMayDoWhat(Page):
    """The roles, what each may do, and what every address needs: read from the code that decides it."""

    permission = "soc_tracker.read"
    title = "Who may do what"
    template_name = "dashboards/who_may_do_what.html"
    parents = (("Methods", "methods"),)

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "roles": Role,
            "acts": list_acts(),
            "act_columns": ACTS,
            "addresses": list_addresses(),
            "address_columns": ADDRESSES,
        }


class Methods(Page):
    """What the kinds of data are, and how each figure comes about."""

    permission = "soc_tracker.read"
    title = "Methods"
    template_name = "dashboards/methods.html"

    def context(self) -> dict[str, Any]:
        scales = [scale for scale in GradeScale.rows() if scale.grades.all()]
        return super().context() | {
            "four_ps": FourP,
            "scales": scales,
            "stages": MonitoringStage.rows(),
            "fewest_records": FEWEST_RECORDS,
            "boundaries": list_boundaries(),
            "fewest_months": FEWEST,
            "most_months": MOST,
            "enough_topics": ENOUGH,
            "fewest_threats": FEWEST_THREATS,
        }
