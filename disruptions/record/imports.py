"""The form of a file of disruptions."""

from collections.abc import Sequence
from datetime import date
from operator import lt

from disruptions.choices import Involvement
from disruptions.columns.models import DISRUPTION_COLUMNS, Kind
from disruptions.loading.files.imports import Form, Names, field_of, up_to
from disruptions.loading.staging.queries import staged_disruptions
from disruptions.record.models import Disruption
from soc_tracker.core.imports.reader import Rule, Values
from soc_tracker.core.text.folding import BETWEEN, fold_all, folded_fields


def disruption_form(names: Names, last: date) -> Form:
    """What a file of disruptions holds, taken from the national database on the day ``last`` or earlier."""
    forces = names.organisations.forces

    def support_by_force(values: Values) -> list[int]:
        pairs = enumerate(zip(values["involvement"], values["organisation"], strict=True))
        return [at for at, (how, body) in pairs if how == Involvement.SUPPORT and body in forces]

    def lead_for_others(values: Values) -> list[int]:
        pairs = enumerate(zip(values["involvement"], values["supported"], strict=True))
        return [at for at, (how, body) in pairs if body and how == Involvement.LEAD]

    def added_early(values: Values) -> list[int]:
        early = list(map(lt, values["added_date"], values["activity_date"]))
        return [at for at, is_early in enumerate(early) if is_early] if True in early else []

    rules = (
        *(up_to(last, column.key) for column in DISRUPTION_COLUMNS if column.kind is Kind.DAY),
        Rule("added_date", "a day not before that of the activity", added_early),
        Rule("involvement", "lead: only regional units and national agencies support", support_by_force),
        Rule("supported", "nothing: a lead disruption is carried out for nobody else", lead_for_others),
    )
    return Form([field_of(column, names) for column in DISRUPTION_COLUMNS], rules, stage)


def stage(lines: Sequence[int], values: Values) -> None:
    """Pass good rows on; what the file has no column for is empty."""
    nothing = {kind: [""] * len(lines) if kind is Kind.TEXT else [None] * len(lines) for kind in Kind}
    columns = {column.key: values.get(column.key, nothing[column.kind]) for column in DISRUPTION_COLUMNS}
    [folded] = folded_fields(Disruption)
    texts = zip(*(fold_all(columns[source]) for source in folded.sources), strict=True)
    staged = {column.staged: columns[column.key] for column in DISRUPTION_COLUMNS}
    words = [BETWEEN.join(filter(None, each)) for each in texts]
    staged_disruptions().add({"line": lines, **staged, "folded": words})
