"""Who may change the record of threats and disruptions, as permissions of the rules package. All may read it."""

import rules

from soc_tracker.core.access.roles import Role, has_any_role, has_writing_role, in_role, is_administrator

keeps_the_record = in_role(Role.ANALYST) | is_administrator

rules.add_perm("disruptions.read_record", has_any_role)
rules.add_perm("disruptions.save_view", has_writing_role)
rules.add_perm("disruptions.load_extract", keeps_the_record)
# Every other change is an administrator's alone: see soc_tracker.rules, which comes first.
rules.set_perm("disruptions.change_disruption", keeps_the_record)
