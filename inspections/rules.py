"""Who may do what with inspections, as permissions of the rules package."""

import rules

from soc_tracker.roles import Role, is_administrator

rules.add_perm("inspections.log_recommendation", rules.is_group_member(Role.INSPECTOR.label) | is_administrator)
