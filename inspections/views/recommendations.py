"""One recommendation with its log, and the form that adds a line to it."""

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from inspections.forms import LogForm
from inspections.models import Recommendation
from inspections.presenters import STATUS_TAGS, is_overdue, recommendation_summary
from inspections.selectors import log_of
from inspections.services import log_recommendation
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.record_forms import tell
from soc_tracker.lib.records import StaleRecordError

CONFLICT = 409
LOG = "inspections.log_recommendation"


class RecommendationPage(DetailPage):
    """Everybody reads the log; inspectors and administrators add to it."""

    permission = "inspections.read_published"
    write_permission = LOG
    model = Recommendation
    listed = ("Recommendations", "inspections:recommendation_list")
    template_name = "inspections/recommendation_detail.html"
    form: LogForm | None = None

    def facts(self) -> dict[str, Any]:
        may_log = rules.has_perm(LOG, self.request.user)
        return {
            "summary": recommendation_summary(self.object),
            "status_colour": STATUS_TAGS[self.object.status],
            "overdue": is_overdue(self.object, localdate()),
            "log": log_of(self.request.user, self.object),
            "changes": changes_of(self.object),
            "form": (self.form or self._empty_form()) if may_log else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object, self.form = self.get_object(), LogForm(request.POST)
        if self.form.is_valid():
            try:
                return self._log(self.form.cleaned_data)
            except ValidationError as error:
                tell(self.form, error)
            except StaleRecordError as error:
                return self._conflict(error)
        return self.render_to_response(self.get_context_data(), status=400)

    def _log(self, line: dict[str, Any]) -> HttpResponse:
        log_recommendation(
            self.object,
            by=self.request.user,
            on=line["on"],
            status=line["status"],
            note=line["note"],
            expected_version=line["version"],
            today=localdate(),
        )
        messages.success(self.request, "The log has a new line.")
        return redirect(self.object)

    def _conflict(self, error: StaleRecordError) -> HttpResponse:
        """Show the record as it stands now beside what was entered, which may then be sent again."""
        self.object = self.get_object()
        self.form.data = self.form.data.copy()
        self.form.data["version"] = str(self.object.version)
        self.form.add_error(None, f"{error} Read how it stands now, then send your line again if it still holds.")
        return self.render_to_response(self.get_context_data(), status=CONFLICT)

    def _empty_form(self) -> LogForm:
        return LogForm(initial={"version": self.object.version, "status": self.object.status})
