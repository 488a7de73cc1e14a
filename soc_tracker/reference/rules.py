"""Who may load facts."""

from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import Role, in_role, is_administrator

allow(
    "reference.load_facts",
    in_role(Role.INSPECTOR) | is_administrator,
    "Load published facts from a spreadsheet",
)
