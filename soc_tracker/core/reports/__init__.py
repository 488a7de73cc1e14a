"""One object for all that a page shows of some numbers: heading, sentence, chart, table, and their files.

A ``charts`` module builds each ``Report`` from rows and the columns of ``core.lists.columns``::

    def by_month(rows, kind) -> Report:
        return Report(
            slug="by-month", title="Disruptions by month", sentence="12 in March, the most.", kind_of_data=kind,
            columns=COLUMNS, rows=rows, figure=columns_over_time(rows, name, SERIES, axis="Disruptions"),
        )

A page names its reports; the same view answers the page and the files, whose addresses ``files_of`` makes::

    class Record(ReportPage):
        permission, template_name, filterset_class = "disruptions.read_record", "…/record.html", PeriodFilter
        parents = (("Regions", "forces:region_list"),)     # the way here; "Home" comes by itself
        files = "region_record_csv"

        def list_reports(self):                            # each is made when it is looked at
            return {"by-month": lambda: by_month(self.rows, self.kind), "shares": lambda: shares(self.rows, self.kind)}

    path("regions/<slug:slug>/record/", Record.as_view(), name="region_record"),
    *files_of("regions/<slug:slug>/record/<str:report>", Record, name="region_record_csv"),  # .csv, .xlsx, .json, .html

In the template ``{% report reports.shares %}`` draws one with its heading, or ``{% report report level=3 %}`` each of
``reports.values`` (a slug with a hyphen is ``reports.by_month`` there). A report without a figure is a table; one
without rows or numbers is one line. An address that is not understood is refused by the page for its files too.
"""

from soc_tracker.core.reports.pages import Makers, ReportPage, files_of, ready
from soc_tracker.core.reports.report import PUBLISHED, Report

__all__ = ["PUBLISHED", "Makers", "Report", "ReportPage", "files_of", "ready"]
