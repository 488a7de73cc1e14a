"""Who may do what with inspections, as permissions of the rules package."""

from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import Role, has_any_role, in_role, is_administrator

allow(
    "inspections.read_published",
    has_any_role,
    "Read and export inspections, findings, recommendations, figures and sources",
    published=True,
)
allow(
    "inspections.read_evidence",
    has_any_role,
    "Download the files that show that something was done",
)
allow(
    "inspections.follow_requirement",
    in_role(Role.INSPECTOR) | is_administrator,
    "Follow what must change: take its steps, move its date, say what came of it",
)
allow(
    "inspections.enter_inspection",
    in_role(Role.INSPECTOR) | is_administrator,
    "Enter inspections with their gradings and findings",
)
allow(
    "inspections.take_up_practice",
    in_role(Role.LEAD_RESPONSIBLE_OFFICER) | in_role(Role.ANALYST) | is_administrator,
    "Say what a body has done with the practice of another: officers and analysts whose reach names the body",
    by_reach=True,
)
allow(
    "inspections.respond",
    in_role(Role.INSPECTOR) | in_role(Role.LEAD_RESPONSIBLE_OFFICER) | in_role(Role.ANALYST) | is_administrator,
    "Enter responses to reports and what bodies say of themselves: officers and analysts of those that they act for",
    by_reach=True,
)
allow(
    "inspections.work_on_inspection",
    in_role(Role.INSPECTOR) | is_administrator,
    "Plan inspections, and see and write those of one's own team before they are published",
)
allow(
    "inspections.escalate",
    in_role(Role.INSPECTOR) | is_administrator,
    "Put a body on another rung of the ladder of escalation",
)
allow(
    "inspections.read_report",
    in_role(Role.INSPECTOR) | is_administrator,
    "Upload reports to be read, and review what is proposed from them",
)
allow(
    "inspections.check_facts",
    in_role(Role.LEAD_RESPONSIBLE_OFFICER) | in_role(Role.ANALYST),
    "Check the facts that an inspection is about to publish of the body that their reach names",
    by_reach=True,
)
