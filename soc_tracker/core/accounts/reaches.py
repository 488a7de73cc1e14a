"""The forms that give accounts a reach and end one, and what the administration of accounts says of reaches."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate

from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.forms import ActForm, ReachesField
from soc_tracker.core.accounts.services import NONE, end_reach, give_reach
from soc_tracker.core.records.forms import ServiceForm, reason_field
from soc_tracker.core.records.services import By
from soc_tracker.core.text.days import DayField

AT_ONCE, ON_A_DAY = "at-once", "on-a-day"


class ReachesForm(ServiceForm, forms.Form):
    """What several accounts are given at once."""

    reaches = ReachesField()
    valid_from = DayField(label="First day", initial=localdate)
    valid_to = DayField(label="Last day", required=False, help_text="That day included. Empty: it goes on until ended.")
    change_reason = reason_field("Why they need it. It is kept in the history of each account.")

    def give(self, accounts: Iterable[User], *, by: By, reason: str, expected_version: int | None = None) -> None:
        """Give each account each reach, or none. Raises ValidationError."""
        cleaned = self.cleaned_data
        days = {"valid_from": cleaned["valid_from"], "valid_to": cleaned["valid_to"]}
        with transaction.atomic():
            for account in accounts:
                version = expected_version
                for each in cleaned["reaches"]:
                    give_reach(account, by=by, reason=reason, expected_version=version, **days, **each)
                    version = None  # the account has changed by our own hand


class GiveReachForm(ReachesForm, ActForm):
    field_order = ("reaches", "valid_from", "valid_to", "change_reason")


class EndReachForm(ActForm):
    """One of the reaches that are not over, and when it ends."""

    reach = forms.ModelChoiceField(
        Reach.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label="Which reach",
        error_messages={"required": "Choose the reach that ends."},
    )
    when = forms.ChoiceField(
        choices=[
            (AT_ONCE, "At once: the account is signed out everywhere"),
            (ON_A_DAY, "On the last day given below, that day included"),
        ],
        widget=forms.RadioSelect,
        label="When it ends",
        error_messages={"required": "Choose when it ends."},
    )
    last_day = DayField(label="Last day", required=False, help_text="Where it does not end at once.")
    field_order = ("reach", "when", "last_day", "change_reason")

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        field: Any = self.fields["reach"]
        field.queryset = account.reaches.not_over(localdate()).select_related("region", "organisation")
        field.label_from_instance = lambda reach: reach.in_words
        field.help_text = "" if field.queryset else "The account has none that could be ended."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") == ON_A_DAY and "last_day" not in self.errors and not cleaned.get("last_day"):
            self.add_error("last_day", "Give the last day, or choose that it ends at once.")
        return cleaned

    def end(self, *, by: By) -> None:
        """Raises ValidationError."""
        cleaned = self.cleaned_data
        last_day = cleaned["last_day"] if cleaned["when"] == ON_A_DAY else None
        end_reach(cleaned["reach"], by=by, last_day=last_day, **self.trail)


# What lists and pages say of reaches.


def with_reaches(accounts: QuerySet[User]) -> QuerySet[User]:
    """Accounts with their reaches that are not over, in ``reaches_now``."""
    reaches = Reach.objects.not_over(localdate()).select_related("region", "organisation")
    listed: QuerySet[User] = accounts.prefetch_related(Prefetch("reaches", reaches, to_attr="reaches_now"))
    return listed


def reach_in_words(account: User, reaches: Iterable[Reach]) -> str:
    """What its ``reaches`` that are not over let an account see, with the days of those that are bounded or to come."""
    if account.is_superuser or Role.ADMINISTRATOR.label in {group.name for group in account.groups.all()}:
        return "The whole country, as an administrator"
    today = localdate()
    plain = [str(reach) if reach.valid_from <= today and not reach.valid_to else reach.in_words for reach in reaches]
    return "; ".join(plain) or NONE


def lacking_reach(accounts: QuerySet[User]) -> QuerySet[User]:
    """Those of the accounts in use that have a role by which one reads the record, and no reach in force."""
    reading = [role.label for role in Role if role.reads_record and role != Role.ADMINISTRATOR]
    in_force = Reach.objects.in_force(localdate()).filter(account=OuterRef("pk"))
    is_administrators = Exists(
        User.groups.through.objects.filter(user=OuterRef("pk"), group__name=Role.ADMINISTRATOR.label)
    )
    rows = accounts.filter(~Exists(in_force), ~is_administrators, is_active=True, is_superuser=False)
    return rows.filter(groups__name__in=reading).distinct()


class ReachFilter(admin.SimpleListFilter):
    title = "reach"
    parameter_name = "reach"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(NONE, "None, with a role that needs one")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return lacking_reach(queryset) if self.value() == NONE else queryset
