"""What a file of threats says, held against itself and against the record."""

from collections.abc import Iterator
from dataclasses import replace

from disruptions.choices import CLOSED_PHASE
from disruptions.services.loading.databases import rows, run, value
from disruptions.services.loading.repeated import refuse_repeated
from disruptions.services.loading.scratch import FAULTS, THREATS, VERDICTS, refuse
from disruptions.services.loading.terms import STATE, THREAT, Found, Terms
from disruptions.services.loading.threats.planning import Plan, plan_of
from disruptions.services.loading.threats.rows import ThreatRow, chunks
from disruptions.services.loading.threats.stored import Knowledge, Stored
from soc_tracker.lib.imports import Refusal
from soc_tracker.lib.periods import Precision, in_words

ROWS = THREATS.name


def compare(terms: Terms) -> Found:
    """Refuse what may not go in, and keep which of the other rows are new or differ."""
    refuse_repeated(ROWS, terms)
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    for chunk in chunks(terms):
        _judge(chunk, terms)
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    good = value(f"SELECT COUNT(*) FROM {ROWS}")
    counts = dict(rows(f"SELECT verdict, COUNT(*) FROM {VERDICTS.name} GROUP BY verdict"))
    added, changed = counts.get("added", 0), counts.get("changed", 0)
    return Found(added=added, changed=changed, unchanged=good - added - changed, crime_types=_new_crime_types(terms))


def _new_crime_types(terms: Terms) -> tuple[int, ...]:
    if not terms.crime_types:
        return ()
    found = rows(f"SELECT DISTINCT crime_types FROM {ROWS}")
    named = {int(key) for (keys,) in found for key in (keys or "").split(",") if key}
    return tuple(number for number in terms.crime_types if number in named)


def plans(chunk: list[ThreatRow], terms: Terms) -> Iterator[tuple[Plan, str]]:
    """What each row changes, and what forbids it: nothing, or what was expected instead.

    What the record knows as at a later day stays. A row that would change a state or an assessment of
    that kind is refused; of a threat's name, owner and the like, an older extract has nothing to say.
    """
    stored = Stored(chunk)
    planned = [plan_of(row, stored, terms) for row in chunk]
    knowledge = Knowledge(
        record for plan in planned for record in (plan.threat, *(part.record for part in plan.parts)) if record.pk
    )
    for plan in planned:
        if plan.threat.pk and plan.threat.kind_of_data != terms.kind:
            yield plan, f"a reference of its own: on record, this one is {plan.threat.kind_of_data}"
            continue
        yield _without_older(plan, knowledge, terms), _obstacle(plan, knowledge, terms)


def _judge(chunk: list[ThreatRow], terms: Terms) -> None:
    refusals, verdicts = [], []
    for plan, expected in plans(chunk, terms):
        if expected:
            reference = plan.row.reference
            refusals.append(Refusal(plan.row.line, reference, terms.headings["reference"], reference, expected))
        elif plan.verdict:
            verdicts.append((plan.row.line, plan.verdict))
    refuse(refusals)
    if verdicts:
        VERDICTS.add(dict(zip(VERDICTS.columns, zip(*verdicts, strict=True), strict=True)))


def _without_older(plan: Plan, knowledge: Knowledge, terms: Terms) -> Plan:
    is_told = plan.threat.pk and plan.threat.organisation_id  # else some disruption named it, and no more is known
    if is_told and (plan.own or plan.crime_types) and terms.as_at < knowledge.of(plan.threat):
        return replace(plan, own=None, crime_types=None)
    return plan


def _obstacle(plan: Plan, knowledge: Knowledge, terms: Terms) -> str:
    for part in (plan.state, plan.assessment):
        if part and not part.is_new and terms.as_at < knowledge.of(part.record):
            day = in_words(knowledge.of(part.record), Precision.DAY)
            return f"a row that may change: its {part.record._meta.verbose_name} is on record as at {day}"
    return ""


MISSING = f"""FROM {THREAT} t
    LEFT JOIN {ROWS} s ON s.reference = t.reference
    LEFT JOIN {FAULTS.name} f ON f.reference = t.reference
    WHERE s.line IS NULL AND f.line IS NULL AND t.kind_of_data = %s
    AND t.organisation_id IN (SELECT organisation_id FROM {ROWS})
    AND EXISTS (SELECT 1 FROM {STATE} st WHERE st.threat_id = t.id AND LOWER(st.phase) NOT LIKE %s
        AND st.valid_from <= %s AND (st.valid_to IS NULL OR st.valid_to > %s))"""
"""Threats on record that one would look for in the file: of a body that owns some of the file's,
with a state on the as-at day whose phase was not closed.
"""


def missing(terms: Terms, first: int) -> tuple[int, list[str]]:
    """How many threats the file lacks, and the references of the first of them. None is ever removed for that."""
    params = [terms.kind.value, f"%{CLOSED_PHASE}%", terms.day, terms.day]
    count = value(f"SELECT COUNT(*) {MISSING}", params)
    found = rows(f"SELECT t.reference {MISSING} ORDER BY t.reference LIMIT {first:d}", params) if count else []
    return count, [reference for (reference,) in found]
