"""Who may do what with inspections, as permissions of the rules package."""

import rules

from soc_tracker.core.access.roles import Role, has_any_role, in_role, is_administrator

rules.add_perm("inspections.read_published", has_any_role)
rules.add_perm("inspections.log_recommendation", in_role(Role.INSPECTOR) | is_administrator)
rules.add_perm("inspections.enter_inspection", in_role(Role.INSPECTOR) | is_administrator)
