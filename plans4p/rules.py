"""Who may do what with 4P plans, as permissions of the rules package. Every role reads them.

Which plan somebody may not sign, because they own or wrote it, is a rule of the service: it knows the plan.
"""

import rules

from soc_tracker.roles import Role, has_any_role, in_role, is_administrator

owns_plans = in_role(Role.LEAD_RESPONSIBLE_OFFICER) | is_administrator
signs_plans = owns_plans | in_role(Role.INSPECTOR)
keeps_the_directory = owns_plans | in_role(Role.ANALYST)

rules.add_perm("plans4p.read_plan", has_any_role)
rules.add_perm("plans4p.read_directory", has_any_role)
rules.add_perm("plans4p.read_order", has_any_role)
rules.add_perm("plans4p.be_reminded", has_any_role)
rules.add_perm("plans4p.write_plan", owns_plans)
rules.add_perm("plans4p.sign_plan", signs_plans)
rules.add_perm("plans4p.keep_directory", keeps_the_directory)
