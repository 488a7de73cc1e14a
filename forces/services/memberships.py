"""An organisation's place in a region over time, and what became of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from forces.models import Membership, Organisation, Succession
from soc_tracker.lib.periods import to_words
from soc_tracker.lib.services import Service


class MembershipService(Service[Membership]):
    """An organisation belongs to one region at a time."""

    def prepare(self, record: Membership) -> None:
        Organisation.objects.select_for_update().get(pk=record.organisation_id)  # one writer of its places at a time
        places = Membership.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk)
        other = places.filter(_overlapping(record.valid_from, record.valid_to)).select_related("region").first()
        if other:
            when = to_words(other.valid_from, other.valid_to) or "with no dates"
            raise ValidationError(
                f"{record.organisation} is already in {other.region} at that time ({when}). End that membership first."
            )


class SuccessionService(Service[Succession]):
    """Successions lead forward: no organisation comes after itself."""

    def prepare(self, record: Succession) -> None:
        later, found = {record.successor_id}, {record.successor_id}
        while found:
            found = _successors(found, but_for=record) - later
            later |= found
        if record.predecessor_id in later:
            raise ValidationError(f"{record.predecessor} would come after itself.")


MEMBERSHIPS = MembershipService(Membership)
SUCCESSIONS = SuccessionService(Succession)


def _overlapping(first: date | None, last: date | None) -> Q:
    """Memberships that share a day with the time from first to last, where either end may be open."""
    starts_in_time = Q(valid_from__isnull=True) | Q(valid_from__lte=last) if last else Q()
    ends_in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=first) if first else Q()
    return starts_in_time & ends_in_time


def _successors(organisations: set[int], *, but_for: Succession) -> set[int]:
    following = Succession.objects.filter(predecessor__in=organisations).exclude(pk=but_for.pk)
    return set(following.values_list("successor", flat=True))
