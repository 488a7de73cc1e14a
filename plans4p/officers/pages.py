"""The network of lead responsible officers: its list with the columns and filters, and the page of each."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput
from django.urls import reverse

from disruptions.record_list.forms import ThreatReferenceFilter
from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.directory.queries import outside, url_of
from plans4p.officers.models import LeadOfficer
from plans4p.officers.queries import IS_TRAINED, get_gaps, get_officer_facts, list_officers
from plans4p.plans.models import Plan
from plans4p.plans.pages import PLANS_IN_SHORT
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ConditionFilter, WordsFilter

UNTRAINED = "None on record"


def trainings_in_words(officer: Any) -> str:
    """Such as "2, latest: Leading 4P plans"."""
    number, latest = officer.number_of_trainings, officer.trained_in
    return f"{number}, latest: {latest}" if number > 1 else latest or UNTRAINED


def percent(share: int | None) -> str | None:
    return None if share is None else f"{share}%"


TRAINING_COLUMNS = (
    Column("subject", "Trained in", lambda training: training.subject),
    Column("completed_on", "On", lambda training: training.completed_on),
)
THREAT_COLUMNS = (
    Column("reference", "Threat", lambda threat: threat.reference, lambda threat: threat.get_absolute_url()),
    Column("name", "Name", lambda threat: threat.name),
    Column("organisation", "Owner", lambda threat: threat.organisation.name if threat.organisation else None),
)


OFFICER_COLUMNS = (
    Column("name", "Officer", lambda officer: officer.name, url_of, sort=("name",)),
    Column("rank", "Rank or grade", lambda officer: officer.rank),
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: url_of(row.organisation)),
    Column("training", "Training", trainings_in_words, tag=lambda officer: "" if officer.trained_in else "red", api=()),
    Column(
        "plans_owned", "Open plans", lambda officer: officer.plans_owned, numeric=True, sort=("-plans_owned", "name")
    ),
    Column(
        "threats_held",
        "Threats held",
        lambda officer: officer.threats_held,
        numeric=True,
        sort=("-threats_held", "name"),
    ),
    Column("time", "Share of time", lambda officer: percent(officer.share_of_time), numeric=True, api=()),
    Column(
        "mentor", "Mentor", lambda row: str(row.mentor or outside(row.mentor_id) or ""), lambda row: url_of(row.mentor)
    ),
    Column("trainings", "Trainings", lambda officer: officer.number_of_trainings, numeric=True),
    Column("trained_on", "Latest training on", lambda officer: officer.trained_on, api=()),
    Column("share_of_time", "Share of time in percent", lambda officer: officer.share_of_time, numeric=True),
    Column("is_active", "In the role now", lambda officer: officer.is_active),
    Column("kind_of_data", "Kind of data", lambda officer: officer.get_kind_of_data_display()),
)


class HeldThreatFilter(ThreatReferenceFilter):
    """Officers who hold the threat, by an open plan or by name."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        by_plan = Plan.objects.visible_to(self.parent.user).open().filter(owner=OuterRef("pk"), threat=self.key)
        by_name = LeadOfficer.threats.through.objects.filter(leadofficer=OuterRef("pk"), threat=self.key)
        return qs.filter(Q(Exists(by_plan)) | Q(Exists(by_name)))


class OfficerFilter(KindSet):
    """Officers of one kind of data, those who have left the role among them unless the filter leaves them out."""

    q = WordsFilter(label="Words in name or rank")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    role = ConditionFilter(
        ("in", "In the role now", Q(is_active=True)),
        ("left", "No longer in it", Q(is_active=False)),
        field_name="is_active",
        label="Role",
    )
    trained = ConditionFilter(
        ("yes", "Trained", IS_TRAINED),
        ("no", "No training on record", ~IS_TRAINED),
        field_name="trainings",
        label="Training",
    )
    time = ConditionFilter(
        ("stated", "Stated", Q(share_of_time__isnull=False)),
        ("none", "Not stated", Q(share_of_time__isnull=True)),
        field_name="share_of_time",
        label="Share of time",
    )
    mentor = ConditionFilter(("none", "Nobody", Q(mentor__isnull=True)), label="Mentor")
    threat = HeldThreatFilter(field_name="threats", label="Holds the threat", widget=HiddenInput)

    class Meta:
        model = LeadOfficer
        fields = ()


class OfficerList(DirectoryList):
    """The officers of all bodies, or of those in the filter; above them, where the network of these has gaps."""

    title = "Network of lead responsible officers"
    edited = "officer"
    template_name = "plans4p/officer_list.html"
    filterset_class = OfficerFilter
    columns = OFFICER_COLUMNS
    on_page = ("name", "rank", "organisation", "training", "plans_owned", "threats_held", "time", "mentor")
    order = ("organisation__name", "name")
    rows_for = staticmethod(list_officers)

    def context(self) -> dict[str, Any]:
        """With where the network of the chosen bodies has gaps."""
        context = super().context()
        if self.filter.problems:
            return context | {"gaps": None}
        chosen = {name: self.filter.given.get(name) or [] for name in ("organisation", "region")}
        here = {"data": self.filter.kind.value, **chosen}
        threats = {"list": "master", "lacking": "officer", "as_at": self.today.isoformat(), **here}
        return context | {
            "gaps": get_gaps(
                self.request.user,
                kind=self.filter.kind,
                today=self.today,
                organisations=chosen["organisation"],
                regions=chosen["region"],
            ),
            "untrained_url": _query({"role": "in", "trained": "no", **here}),
            "without_time_url": _query({"role": "in", "time": "none", **here}),
            "unnamed_url": reverse("disruptions:threat_list") + _query(threats),
        }


class OfficerPage(DirectoryPage):
    model = LeadOfficer
    edited = "officer"
    parents = (("LRO network", "plans4p:officer_list"),)
    template_name = "plans4p/officer_detail.html"
    context_object_name = "officer"
    rows_for = staticmethod(list_officers)

    def facts(self) -> dict[str, Any]:
        officer, body = self.object, self.object.organisation
        plans_url = f"{reverse('plans4p:plan_list')}?owner={officer.pk}&data={officer.kind_of_data}"
        return {
            "facts": get_officer_facts(self.request.user, officer, plans_url=plans_url, params=self.request.GET),
            "summary": [
                ("Rank or grade", officer.rank),
                ("Organisation", body.name, body.get_absolute_url()),
                ("Share of time for this role", percent(officer.share_of_time)),
                ("Open plans owned", officer.plans_owned),
                ("Threats held", officer.threats_held),
                (
                    "Mentor",
                    str(officer.mentor or outside(officer.mentor_id) or "None on record"),
                    url_of(officer.mentor),
                ),
                ("Account on this site", "yes" if officer.user_id else "none"),
            ],
            "training_columns": self.with_edit(TRAINING_COLUMNS, "training"),
            "plan_columns": PLANS_IN_SHORT,
            "threat_columns": THREAT_COLUMNS,
        }


def _query(parameters: dict[str, Any]) -> str:
    return f"?{urlencode(parameters, doseq=True)}"
