"""Named filters of plans and of what belongs around them."""

from datetime import date, timedelta
from typing import Self

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Count, F, Q

from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import ENDED, OPEN, RUNNING, Every, PlanStatus, RequestStatus, Setting
from soc_tracker.core.imports.uploads.models import UploadsQuerySet
from soc_tracker.core.records.models import VisibleQuerySet

__all__ = [
    "ActionQuerySet",
    "ContributionQuerySet",
    "KindQuerySet",
    "LikenessQuerySet",
    "OfficerQuerySet",
    "OrderQuerySet",
    "PartnerQuerySet",
    "PlanFileQuerySet",
    "PlanQuerySet",
    "RemindersQuerySet",
    "RequestQuerySet",
    "VisibleQuerySet",
]


CONTENT = ("aims__actions__partners", "omissions", "profiles", "deputies", "reviews", "signatures__by")


def review_is_late(today: date) -> Q:
    """Running plans whose day for the next review has passed."""
    return Q(status__in=RUNNING, review_due_on__lt=today)


class OfficerQuerySet(KindQuerySet):
    def in_role(self) -> Self:
        return self.filter(is_active=True)

    def for_list(self) -> Self:
        return self.select_related("organisation", "mentor").prefetch_related("trainings")


class PlanFileQuerySet(UploadsQuerySet, KindQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, while they may write plans. Those of others do not exist."""
        own = super().visible_to(user).of_sender(user)
        return own if rules.has_perm("plans4p.write_plan", user) else own.none()


class PlanQuerySet(KindQuerySet):
    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(reference=key[0])

    def running(self) -> Self:
        """Approved, and not closed."""
        return self.filter(status__in=RUNNING)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def of_owner(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those whose lead responsible officer the user is."""
        return self.filter(owner__user=user.pk)

    def of_writer(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those that the user owns or is a deputy for."""
        as_deputy = self.model.deputies.through.objects.filter(leadofficer__user=user.pk)
        return self.filter(Q(owner__user=user.pk) | Q(pk__in=as_deputy.values("plan")))

    def review_overdue(self, today: date) -> Self:
        return self.filter(review_is_late(today))

    def for_list(self) -> Self:
        return self.select_related("organisation", "threat", "owner__organisation", "author", "approved_by")

    def with_content(self) -> Self:
        """With all that a signature is bound to, and the signatures, the latest first."""
        return self.prefetch_related(*CONTENT)


class RequestQuerySet(VisibleQuerySet):
    def waiting(self) -> Self:
        return self.filter(status=RequestStatus.WAITING)


class ActionQuerySet(VisibleQuerySet):
    def not_ended(self) -> Self:
        return self.exclude(status__in=ENDED)

    def overdue(self, today: date) -> Self:
        """Of plans that are not closed: the day has passed, and the action is neither done nor dropped."""
        return self.not_ended().filter(due_on__lt=today).exclude(aim__plan__status=PlanStatus.CLOSED)

    def due_within(self, today: date, days: int) -> Self:
        return (
            self.not_ended()
            .filter(due_on__range=(today, today + timedelta(days=days)))
            .exclude(aim__plan__status=PlanStatus.CLOSED)
        )


class ContributionQuerySet(VisibleQuerySet):
    def counted(self) -> Self:
        """Of the kind that their aim counts; a disruption only while it is on the record, and under the aim's P."""
        stands = Q(disruption__known_to__isnull=True, disruption__four_p=F("aim__four_p"))
        return self.filter(Q(disruption__isnull=True) | stands, kind=F("aim__counts"))


class PartnerQuerySet(KindQuerySet):
    def agreement_ended(self, today: date) -> Self:
        return self.filter(agreement_expires_on__lt=today)

    def for_list(self) -> Self:
        return self.prefetch_related("serves", "areas", "offers")


class OrderQuerySet(KindQuerySet):
    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(reference=key[0])

    def in_force(self, day: date) -> Self:
        """In force on the day, its last day in it."""
        return self.filter(in_force_from__lte=day).filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))

    def in_community(self) -> Self:
        return self.filter(setting=Setting.COMMUNITY)

    def in_custody(self) -> Self:
        return self.filter(setting=Setting.CUSTODY)

    def without_manager(self) -> Self:
        return self.filter(manager="")

    def ending_within(self, today: date, days: int) -> Self:
        """The order ends, or its subject is released, within so many days from today."""
        span = (today, today + timedelta(days=days))
        return self.filter(Q(expires_on__range=span) | Q(release_on__range=span))

    def for_list(self) -> Self:
        return self.select_related("organisation", "threat")


class LikenessQuerySet(models.QuerySet):
    def by_plan(self) -> Self:
        """Of one plan's likenesses: each other plan, with how many of the plan's actions stand in it, most first."""
        return (
            self.order_by()
            .values("other_plan", "other_plan__reference", "other_plan__title")
            .annotate(actions=Count("action", distinct=True))
            .order_by("-actions", "other_plan__reference")
        )


class RemindersQuerySet(models.QuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own; those of others do not exist."""
        return self.filter(user=user.pk)

    def open_calendars(self, today: date) -> Self:
        """Those whose calendar has an address that has not run out, and whose user may still come here."""
        return self.filter(calendar_key__isnull=False, calendar_until__gte=today, user__is_active=True)

    def due(self, today: date) -> Self:
        """Wanted, and the last one was so many days ago, or there was none."""
        never = Q(last_sent_on__isnull=True)
        past = Q()
        for every in Every:
            past |= Q(every=every, last_sent_on__lte=today - timedelta(days=every))
        return self.filter(every__gt=0).filter(never | past)
