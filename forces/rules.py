"""Who may read of regions and bodies, as a permission of the rules package."""

import rules

from soc_tracker.core.access.roles import has_any_role

rules.add_perm("forces.read_body", has_any_role)
