"""Who may load facts."""

import rules

from soc_tracker.core.access.roles import Role, in_role, is_administrator

rules.add_perm("reference.load_facts", in_role(Role.INSPECTOR) | is_administrator)
