"""Who may do what with 4P plans, as permissions of the rules package. All who may sign in read them.

Which plan somebody may not sign, because they own or wrote it, is a rule of the service: it knows the plan.
"""

import rules

from soc_tracker.roles import Role, is_administrator

owns_plans = rules.is_group_member(Role.LEAD_RESPONSIBLE_OFFICER.label) | is_administrator
signs_plans = owns_plans | rules.is_group_member(Role.INSPECTOR.label)
keeps_the_directory = owns_plans | rules.is_group_member(Role.ANALYST.label)

rules.add_perm("plans4p.write_plan", owns_plans)
rules.add_perm("plans4p.sign_plan", signs_plans)
rules.add_perm("plans4p.keep_directory", keeps_the_directory)
