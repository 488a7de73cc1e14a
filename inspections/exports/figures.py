"""Published figures."""

from inspections.exports.shared import ABOUT, ABOUT_KIND, LOCATOR, SOURCE, _url
from inspections.presenters import figure_in_words, period_in_words
from soc_tracker.lib.decimals import as_given, as_printed
from soc_tracker.lib.tables import Column

FIGURE_COLUMNS = (
    Column("measure", "Measure", lambda figure: figure.measure.name),
    Column("figure", "As published", figure_in_words, _url),
    ABOUT,
    ABOUT_KIND,
    Column("period", "Period", period_in_words),
    Column("said_by", "Whose figure", lambda figure: figure.get_said_by_display(), wide_only=True),
    Column("group", "Group of measures", lambda figure: figure.measure.group),
    Column("qualifier", "Qualifier", lambda figure: figure.get_qualifier_display()),
    Column("value", "Value", lambda figure: as_printed(figure.value, figure.step), numeric=True),
    Column("unit", "Unit", lambda figure: figure.get_unit_display()),
    Column("step", "Unit of the last digit printed", lambda figure: as_given(figure.step), numeric=True),
    Column("period_from", "From", lambda figure: figure.period_from),
    Column("period_to", "To", lambda figure: figure.period_to),
    Column("as_at", "As at", lambda figure: figure.as_at),
    Column("note", "What it covers", lambda figure: figure.note, wide_only=True),
    SOURCE,
    LOCATOR,
    Column("slug", "Slug", lambda figure: figure.slug),
)
