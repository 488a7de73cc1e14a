"""Who may change the record of threats and disruptions, as permissions of the rules package. All may read it."""

from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import Role, has_any_role, has_writing_role, in_role, is_administrator

keeps_the_record = in_role(Role.ANALYST) | is_administrator

allow("disruptions.read_record", has_any_role, "Read, count and export threats and disruptions", by_reach=True)
allow("disruptions.save_view", has_writing_role, "Keep views and citations of one’s own, and share them")
allow(
    "disruptions.load_extract",
    keeps_the_record,
    "Load extracts of threats and disruptions, and correct, withdraw or undo what they brought",
    by_reach=True,
)
# Every other change is an administrator's alone: see soc_tracker.rules, which comes first.
allow("disruptions.change_disruption", keeps_the_record, "Correct a disruption on its page", by_reach=True)
