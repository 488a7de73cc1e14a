"""The columns of every list, once: page, CSV and XLSX take their order and headings from here.

A page shows those that its view names in ``on_page``; files hold all. Every
related record that a column reads is loaded by the model's ``for_list()``."""

from inspections.exports.figures import FIGURE_COLUMNS
from inspections.exports.findings import FINDING_COLUMNS
from inspections.exports.gradings import GRADING_COLUMNS
from inspections.exports.programmes import INSPECTION_COLUMNS
from inspections.exports.recommendations import MONITORING_COLUMNS, RECOMMENDATION_COLUMNS, recommendation_columns
from inspections.exports.shared import ABOUT, ABOUT_KIND, INSPECTION, LOCATOR, PROGRAMME, SINCE, SINCE_ON, SOURCE
from inspections.exports.sources import SOURCE_COLUMNS

__all__ = [
    "ABOUT",
    "ABOUT_KIND",
    "FIGURE_COLUMNS",
    "FINDING_COLUMNS",
    "GRADING_COLUMNS",
    "INSPECTION",
    "INSPECTION_COLUMNS",
    "LOCATOR",
    "MONITORING_COLUMNS",
    "PROGRAMME",
    "RECOMMENDATION_COLUMNS",
    "SINCE",
    "SINCE_ON",
    "SOURCE",
    "SOURCE_COLUMNS",
    "recommendation_columns",
]
