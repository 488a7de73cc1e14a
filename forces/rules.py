"""Who may read of regions and bodies, as a permission of the rules package."""

from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import has_any_role

allow("forces.read_body", has_any_role, "Read of regions and bodies, and what was published about them", published=True)
