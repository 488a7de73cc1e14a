"""Which disruptions a complete extract lacks, and which of them may be withdrawn, or put back."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from disruptions.extracts.models import Extract
from disruptions.loading.queries import DISRUPTION, EXTRACT, HISTORY
from disruptions.record.models import Disruption, DisruptionQuerySet
from disruptions.withdrawals.models import Lack

LACK = Lack._meta.db_table
PAST = Extract.history.model._meta.db_table
BY_EXTRACTS = f"""SELECT 1 FROM {PAST} x
    WHERE h.history_date IN (x.loaded_at, x.withdrawn_at, x.put_back_at, x.undone_at)"""
"""Whether a row of history (h) was written by a loading, or by an act upon an extract, and not by a person."""
MOST_NAMED = 10


def lacking(extract: Extract) -> DisruptionQuerySet:
    """The disruptions that the extract was found to lack, in the order of their references."""
    lacks = Lack.objects.filter(extract=extract).values("disruption")
    rows: DisruptionQuerySet = Disruption.objects.filter(pk__in=lacks)
    return rows.select_related("organisation", "threat").order_by("reference", "pk")


def count_to_withdraw(extract: Extract) -> int:
    lacks = Lack.objects.filter(extract=extract, disruption__known_to__isnull=True)
    return lacks.filter(disruption__known_from__lt=F("extract__as_at")).count()


def later_than(extract: Extract) -> QuerySet[Extract]:
    """Extracts of the same contents and kind of data that were loaded later, the newest first: those that may speak of
    the same bodies.
    """
    later = Extract.objects.in_force().alike(extract).filter(pk__gt=extract.pk).order_by("-pk")
    if extract.of_every_body:
        return later
    same = Extract.objects.filter(pk=OuterRef("pk"), bodies__in=extract.bodies.values("pk"))
    return later.filter(Q(of_every_body=True) | Exists(same))


def to_withdraw(extract: Extract) -> str:
    """SQL of the keys of those that are still on record as they were when it was loaded. One that became known on
    the as-at day itself cannot end on it.
    """
    return f"""SELECT d.id FROM {LACK} l JOIN {DISRUPTION} d ON d.id = l.disruption_id
        JOIN {EXTRACT} x ON x.id = l.extract_id
        WHERE x.id = {extract.pk:d} AND d.known_to IS NULL AND d.known_from < x.as_at"""


def withdrawn_for(extract: Extract) -> str:
    """SQL of the keys of those that were withdrawn because it lacked them."""
    return f"""SELECT h.id FROM {HISTORY} h JOIN {EXTRACT} x ON x.withdrawn_at = h.history_date
        WHERE x.id = {extract.pk:d} AND h.history_type = '~'"""


def changed_since(extract: Extract) -> str:
    """SQL of the first references of those that people have changed since they were withdrawn."""
    return f"""SELECT DISTINCT d.reference FROM {HISTORY} h JOIN {EXTRACT} e ON e.id = {extract.pk:d}
        JOIN {DISRUPTION} d ON d.id = h.id
        WHERE h.history_date > e.withdrawn_at AND h.id IN ({withdrawn_for(extract)})
        AND NOT EXISTS ({BY_EXTRACTS}) ORDER BY d.reference LIMIT {MOST_NAMED:d}"""
