"""What an extract did to the record, row by row, and what stands against undoing it.

It is read from the histories: a loading writes there, at the moment of its extract, what it changed; what it added
names the extract. A row's history before that moment is what the row goes back to.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from disruptions.choices import ExtractContents
from disruptions.extracts.models import Extract
from disruptions.loading.queries import DISRUPTION, EXTRACT, STATE, THREAT, Staging, make_joinable, rows, run
from disruptions.record.models import Disruption
from disruptions.resemblances.models import Resemblance
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from disruptions.withdrawals.models import Lack
from disruptions.withdrawals.queries import BY_EXTRACTS, MOST_NAMED, PAST, later_than

MODELS: dict[str, tuple[type[Model], ...]] = {
    ExtractContents.DISRUPTIONS: (Disruption,),
    ExtractContents.THREATS: (Threat, ThreatState, MorileAssessment),
}
"""What an extract adds and changes, what others belong to first."""


def reversals(model: type[Model]) -> Staging:
    """The rows to reverse, each with the row of history that says what it was: none where the extract added it."""
    columns = {"row_id": "bigint", "before_id": "bigint", "reference": "text"}
    return Staging(f"undo_{model._meta.model_name}", columns, key="row_id")


def note_reversals(model: Any, extract: Extract) -> None:
    """Keep in the table of reversals what the extract did to the rows of a model."""
    name, table, history = reversals(model).name, model._meta.db_table, model.history.model._meta.db_table
    joined, reference = "", "d.reference"
    if model in (ThreatState, MorileAssessment):
        joined, reference = f"JOIN {THREAT} t ON t.id = d.threat_id", "t.reference"
    run(
        f"""INSERT INTO {name} (row_id, before_id, reference)
        SELECT d.id, MAX(p.history_id), {reference} FROM {EXTRACT} e
        JOIN {history} h ON h.extract_id = e.id AND h.history_date = e.loaded_at AND h.history_type = '~'
        JOIN {history} p ON p.id = h.id AND p.history_id < h.history_id
        JOIN {table} d ON d.id = h.id {joined}
        WHERE e.id = %s GROUP BY d.id, {reference}""",
        [extract.pk],
    )
    is_now = "AND d.state_of_id IS NULL" if model is Disruption else ""
    run(
        f"""INSERT INTO {name} (row_id, reference)
        SELECT d.id, {reference} FROM {table} d {joined}
        WHERE d.extract_id = %s {is_now} AND d.id NOT IN (SELECT row_id FROM {name})""",
        [extract.pk],
    )
    make_joinable(name, "row_id")


def obstacles(extract: Extract) -> Iterator[str]:
    """What stands against undoing, in sentences: a later extract; what people have written since."""
    if later := later_than(extract).first():
        yield f"“{later.file_name}” was loaded after it: only the newest extract can be undone, so undo that one first."
        return
    models = MODELS[extract.contents]
    for model in models:
        if edited := edited_since(model, extract):
            yield (
                f"Rows that it brought have been changed by hand since then: {named(edited)}. "
                "Correct what is wrong in it row by row."
            )
        yield from named_elsewhere(model)
    if extract.contents == ExtractContents.THREATS and (since := disruptions_since(extract)):
        yield (
            f"Disruptions recorded since then are of threats that it brought or changed: {named(since)}. "
            "If they came with an extract, undo that one first."
        )


def named(references: Sequence[str]) -> str:
    """The first references; of MOST_NAMED and one more, that there are more."""
    more = " and others" if len(references) > MOST_NAMED else ""
    return ", ".join(references[:MOST_NAMED]) + more


def edited_since(model: Any, extract: Extract) -> list[str]:
    """The first of the references of rows that people have written since: of a threat's states and scores, any."""
    name, table, history = reversals(model).name, model._meta.db_table, model.history.model._meta.db_table
    ours = f"h.id IN (SELECT row_id FROM {name})"
    reference = f"(SELECT r.reference FROM {name} r WHERE r.row_id = h.id)"
    if model in (ThreatState, MorileAssessment):
        ours = f"h.threat_id IN (SELECT d.threat_id FROM {name} r JOIN {table} d ON d.id = r.row_id)"
        reference = f"(SELECT t.reference FROM {THREAT} t WHERE t.id = h.threat_id)"
    written = rows(
        f"""SELECT DISTINCT {reference} FROM {history} h JOIN {EXTRACT} e ON e.id = %s
        WHERE h.history_date > e.loaded_at AND {ours} AND NOT EXISTS ({BY_EXTRACTS})
        ORDER BY 1 LIMIT {MOST_NAMED + 1:d}""",
        [extract.pk],
    )
    return [reference for (reference,) in written]


def naming(model: type[Model]) -> list[Any]:
    """The fields of other tables that name rows of a model; histories name what may be gone."""
    relations: Any = model._meta.get_fields(include_hidden=True)
    return [each.field for each in relations if each.one_to_many and each.field.db_constraint]


def named_elsewhere(model: Any) -> Iterator[str]:
    """What people have tied to rows that the extract added, such as results of plans: in sentences."""
    for field in naming(model):
        owner = field.model._meta.auto_created or field.model
        if owner in (Disruption, Threat, ThreatState, MorileAssessment, Lack, Resemblance):
            continue
        tied = rows(
            f"""SELECT DISTINCT r.reference FROM {reversals(model).name} r
            JOIN {field.model._meta.db_table} o ON o.{field.column} = r.row_id
            WHERE r.before_id IS NULL ORDER BY r.reference LIMIT {MOST_NAMED + 1:d}"""
        )
        if tied:
            references, others = named([reference for (reference,) in tied]), owner._meta.verbose_name_plural
            yield f"There are {others} about {references}, which it added: remove or move those first."


def disruptions_since(extract: Extract) -> list[str]:
    """The first disruptions, written since, of threats that the extract added or of which it said what they are."""
    threats = f"""SELECT row_id FROM {reversals(Threat).name} WHERE before_id IS NULL
        UNION SELECT s.threat_id FROM {reversals(ThreatState).name} r JOIN {STATE} s ON s.id = r.row_id"""
    history = Disruption.history.model._meta.db_table
    written = rows(
        f"""SELECT DISTINCT d.reference FROM {DISRUPTION} d JOIN {EXTRACT} e ON e.id = %s
        LEFT JOIN {EXTRACT} b ON b.id = d.extract_id
        WHERE d.threat_id IN ({threats}) AND (b.loaded_at > e.loaded_at OR EXISTS (
            SELECT 1 FROM {history} h WHERE h.id = d.id AND h.history_date > e.loaded_at
            AND NOT EXISTS (SELECT 1 FROM {PAST} x WHERE h.history_date = x.undone_at)
        )) ORDER BY 1 LIMIT {MOST_NAMED + 1:d}""",
        [extract.pk],
    )
    return [reference for (reference,) in written]


def without_use(records: QuerySet[Any]) -> QuerySet[Any]:
    """Those that no row of another table names."""
    for field in naming(records.model):
        records = records.exclude(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return records
