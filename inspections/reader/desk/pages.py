"""A report on its way in: uploaded and followed, its draft inspection begun, its proposals reviewed one by one."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect

from forces.models import Organisation
from inspections.entering.queries import list_bodies
from inspections.programmes.models import Inspection
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.forms import DraftForm, ProposalForm, ReportFileForm, as_sent, form_of
from inspections.reader.desk.models import READ, ProposedFact, ReportFile
from inspections.reader.desk.queries import (
    KIND_WORDS,
    bodies_of,
    finding_of,
    gist_of,
    in_order,
    like_it,
    narrowed,
    neighbours,
    passage_of,
    path_of,
    progress_of,
    record_of,
    reviewed,
    unread_of,
)
from inspections.reader.desk.services import accept, begin_draft, drop, take_back
from inspections.reader.desk.tasks import WORK
from inspections.reader.editions.queries import editions_of, reports_to_follow
from inspections.reader.meaning.proposals import Confidence, ProposalKind
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.pages import Crumb, FormPage, Trail
from soc_tracker.core.records.states import name_of


def address(report: ReportFile) -> str:
    return report.inspection.get_absolute_url() if report.inspection else ""


SECTION = (("Inspections", "inspections:inspection_list"), ("Read a report", "inspections:report_new"))
ON_A_PAGE = 25
STAGE_WORDS: dict[str, str] = {UploadStage.WAITING: "Waiting to be read", UploadStage.CHECKING: "Being read"}
NARROWED_BY = ("kind", "body", "confidence", "decision")
CONFIDENCE_TAGS = {Confidence.CERTAIN: "green", Confidence.LIKELY: "yellow", Confidence.UNSURE: "orange"}
UPLOADS = (uploads_pages.FILE, uploads_pages.STAGE, uploads_pages.SENT_AT)
KIND_COLUMNS = (
    Column("kind", "Kind", lambda kind: kind.name, lambda kind: f"?kind={kind.kind}"),
    Column("waiting", "Waiting", lambda kind: kind.waiting, numeric=True),
    Column("accepted", "Accepted", lambda kind: kind.accepted, numeric=True),
    Column("dropped", "Dropped", lambda kind: kind.dropped, numeric=True),
)
REPORTS = (
    uploads_pages.FILE,
    Column("inspection", "Inspection", lambda report: str(report.inspection or ""), address),
    uploads_pages.SENT_BY,
)


class ReportNew(uploads_pages.UploadNew):
    """Takes a report, and lists those that its reader has a part in."""

    work, parents, permission = WORK, SECTION[:1], READ
    form_class = ReportFileForm
    template_name = "inspections/reader/report_form.html"
    columns = UPLOADS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begun = self.visible().filter(stage=UploadStage.LOADED).select_related("inspection", "uploaded_by")
        more = {"begun": begun[: uploads_pages.MOST_LISTED], "report_columns": REPORTS}
        return super().get_context_data(**kwargs) | more


class ReportPage(uploads_pages.UploadPage):
    """Follows a report while it is read; then it leads on to its draft, or to its review."""

    work, parents, permission = WORK, SECTION, READ
    template_name = "components/upload.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        report = self.get_object()
        match report.stage:
            case UploadStage.CHECKED:
                return moved_on(request, "inspections:report_begin", report)
            case UploadStage.LOADED:
                return moved_on(request, "inspections:report_review", report)
            case _:
                return super().get(request, *args, **kwargs)

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"caption": "A report that is read"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, state = super().get_context_data(**kwargs), kwargs["state"]
        words = STAGE_WORDS.get(self.object.stage)
        if words and not state.is_stopped:
            context["stage_tag"] = words, context["stage_tag"][1]
        if self.object.stage == UploadStage.CHECKING:
            context["progress_words"] = "Reading." if state.percent is None else f"{state.percent} % of it read."
        return context


def moved_on(request: Any, route: str, report: ReportFile) -> HttpResponse:
    """To another page; where a part of the page asked, it is the whole that goes."""
    url = reverse(route, args=[report.token])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


class ReportStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, READ


class OfReport(Trail):
    """A page of a report that was read."""

    permission = READ
    parents = SECTION
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> ReportFile:
        reports = ReportFile.objects.visible_to(self.request.user).select_related(
            "inspection__region", "uploaded_by", "earlier"
        )
        report: ReportFile = get_object_or_404(reports, token=self.kwargs["token"])
        return report

    @cached_property
    def inspection(self) -> Inspection:
        """The draft that is made of it."""
        if self.report.inspection is None:
            raise Http404("No inspection has been begun of this report.")
        return self.report.inspection

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (self.report.file_name, self.report.get_absolute_url())]


class DraftNew(OfReport, FormPage):
    """What the report is of, as far as it could be read: from it, a draft inspection is begun."""

    template_name = "inspections/reader/draft_form.html"

    def form(self, data: Any = None) -> DraftForm:
        if self.report.stage != UploadStage.CHECKED:
            raise Http404("This report is not waiting for its draft.")
        fact = self.report.proposals.filter(kind=ProposalKind.INSPECTION).first()
        initial = DraftForm.initial_of(fact.values if fact else {}) | {"expected_version": self.report.version}
        return DraftForm(data, initial=initial, user=self.request.user)

    def context(self) -> dict[str, Any]:
        found = [(words_of(each.kind, each.total), each.certain) for each in progress_of(self.report)]
        may_follow = reports_to_follow(self.request.user).exists()
        notes = self.report.outcome.get("notes", [])
        return {"report": self.report, "found": found, "notes": notes, "may_follow": may_follow}

    def write(self, form: DraftForm) -> Inspection:
        version = form.cleaned_data["expected_version"]
        return begin_draft(
            self.report, form.values, document=form.document, by=self.request.user, expected_version=version
        )

    def done(self, inspection: Inspection) -> HttpResponse:
        messages.success(self.request, f"Begun: {inspection}, a draft that its team alone sees. Now its proposals.")
        return redirect("inspections:report_review", self.report.token)


def words_of(kind: str, number: int) -> str:
    """ "12 findings"."""
    return f"{number:,} {KIND_WORDS[kind][number != 1]}"


class Review(OfReport, View):
    """How far the review is, and the proposals that the address narrows to."""

    @cached_property
    def bodies(self) -> list[tuple[str, str, int]]:
        return bodies_of(self.report)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        query = {name: request.GET.get(name, "") for name in NARROWED_BY}
        rows = reviewed(self.report).select_related("decided_by")
        facts = in_order(narrowed(rows if any(query.values()) else rows.open(), query))
        progress = progress_of(self.report)
        first = next((fact for fact in in_order(reviewed(self.report).open())), None)
        context = {
            "breadcrumbs": self.breadcrumbs(),
            "report": self.report,
            "inspection": self.inspection,
            "progress": progress,
            "kind_columns": KIND_COLUMNS,
            "total": sum(each.total for each in progress),
            "done": sum(each.done for each in progress),
            "first": first,
            "bodies": self.bodies,
            "editions": editions_of(self.report),
            "narrowed": [name for name in narrowed_words(query, self.bodies) if name],
            "facts": facts[:ON_A_PAGE],
            "is_cut": len(facts) > ON_A_PAGE,
            "columns": fact_columns(self.report, query),
            "unread": unread_of(self.report)[:ON_A_PAGE],
            "unread_total": unread_of(self.report).count(),
            "references": self.report.proposals.filter(kind=ProposalKind.REFERENCE)[:ON_A_PAGE],
        }
        return render(request, "inspections/reader/review.html", context)


def narrowed_words(query: dict[str, str], bodies: list[tuple[str, str, int]]) -> list[str]:
    """What the list is narrowed to, in words; "" for what does not narrow it."""
    kind = KIND_WORDS[query["kind"]][1] if query["kind"] in KIND_WORDS else query["kind"]
    names = {slug: name for slug, name, _ in bodies}
    return [kind, names.get(query["body"], query["body"]), query["confidence"], query["decision"]]


def fact_columns(report: ReportFile, query: dict[str, str]) -> tuple[Column, ...]:
    more = f"?{urlencode({name: value for name, value in query.items() if value})}" if any(query.values()) else ""

    def link(fact: ProposedFact) -> str:
        return reverse("inspections:proposal", args=[report.token, fact.number]) + more

    return (
        Column("kind", "Proposal", gist_of, link),
        Column("body", "About", lambda fact: fact.values.get("body") or "No body on record"),
        Column("place", "Place", lambda fact: fact.place),
        Column(
            "confidence",
            "Reader is",
            lambda fact: fact.confidence.capitalize(),
            tag=lambda fact: CONFIDENCE_TAGS[fact.confidence],
        ),
        Column("decision", "Decision", decision_of, tag=lambda fact: Decision(fact.decision).tag),
    )


def decision_of(fact: ProposedFact) -> str:
    word = fact.get_decision_display()
    return f"{word} by {name_of(fact.decided_by)}" if fact.decided_by else word


class ProposalPage(OfReport, View):
    """One proposal beside the passage that it was read from: accept it as it stands or changed, drop it, or go on."""

    template_name = "inspections/reader/proposal.html"

    @cached_property
    def fact(self) -> ProposedFact:
        facts = reviewed(self.report).select_related("report", "decided_by")
        fact: ProposedFact = get_object_or_404(facts, number=self.kwargs["number"])
        return fact

    @cached_property
    def query(self) -> dict[str, str]:
        return {name: value for name in NARROWED_BY if (value := self.request.GET.get(name, ""))}

    @cached_property
    def bodies(self) -> list[Organisation]:
        return list_bodies(self.request.user, self.inspection)

    def form(self, data: Any = None) -> ProposalForm:
        return proposal_form(self.fact, data, inspection=self.inspection, bodies=self.bodies, user=self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        refuse_published(self.inspection)
        form, version = self.form(request.POST), version_of(request)
        match request.POST.get("decision"):
            case "accept":
                if form.is_valid() and form.submit(lambda: self.accept(form, version)):
                    messages.success(request, f"Accepted: {form.result}")
                    return self.next()
            case "drop" | "take_back" as decision:
                return self.undo(take_back if decision == "take_back" else drop, version)
            case _:
                raise BadRequest("The form lacks what was decided.")
        return self.answer(form)

    def undo(self, step: Callable[..., None], version: int) -> HttpResponse:
        """Drop the proposal and go on, or take the decision back and stay; where somebody was quicker, say so."""
        try:
            step(self.fact, by=self.request.user, expected_version=version)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.request.get_full_path())
        if step is drop:
            messages.success(self.request, f"Dropped: {gist_of(self.fact)}")
            return self.next()
        messages.success(self.request, "Taken back: it waits for a decision again.")
        return redirect(self.request.get_full_path())

    def accept(self, form: ProposalForm, version: int) -> Any:
        by = self.request.user
        return accept(self.fact, lambda: form.make(by), by=by, expected_version=version)

    def next(self) -> HttpResponse:
        """On to the next that waits, of those that are being reviewed; after the last, back to the overview."""
        _, after = neighbours(self.fact, self.query)
        if after is None:
            return redirect(self.address("inspections:report_review"))
        return redirect(self.address("inspections:proposal", after))

    def address(self, route: str, *number: int) -> str:
        more = f"?{urlencode(self.query)}" if self.query else ""
        return reverse(route, args=[self.report.token, *number]) + more

    def answer(self, form: ProposalForm) -> HttpResponse:
        fact, (before, after) = self.fact, neighbours(self.fact, self.query)
        progress = progress_of(self.report)
        context = {
            "breadcrumbs": self.breadcrumbs(),
            "report": self.report,
            "inspection": self.inspection,
            "fact": fact,
            "form": form,
            "gist": gist_of(fact),
            "kind": KIND_WORDS[fact.kind][0],
            "confidence_tag": CONFIDENCE_TAGS[Confidence(fact.confidence)],
            "decision": decision_of(fact),
            "is_open": Decision(fact.decision).is_open,
            "record": record_of(fact),
            "path": path_of(fact),
            "blocks": passage_of(fact),
            "like_it": like_it(fact, self.request.user) if Decision(fact.decision).is_open else [],
            "before_url": self.address("inspections:proposal", before) if before is not None else "",
            "after_url": self.address("inspections:proposal", after) if after is not None else "",
            "overview_url": self.address("inspections:report_review"),
            "total": sum(each.total for each in progress),
            "done": sum(each.done for each in progress),
        }
        return render(self.request, self.template_name, context, status=form.status)


def proposal_form(fact: ProposedFact, data: Any, *, inspection: Inspection, bodies: Any, user: Any) -> ProposalForm:
    path = path_of(fact)
    return form_of(fact, data, inspection=inspection, bodies=bodies, path=path, finding=finding_of(fact), user=user)


def version_of(request: HttpRequest) -> int:
    try:
        return int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise BadRequest("The form lacks the version of the proposal.") from error


def refuse_published(inspection: Inspection) -> None:
    """What has been published changes on its own pages, with a reason, and no longer by a review."""
    if inspection.stage.is_published:
        raise PermissionDenied("This inspection is published: change it on its own pages, with a reason.")


class AcceptCertain(OfReport, View):
    """Accepts all proposals of a kind that the reader is certain of and that need no words of anybody's own."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        refuse_published(self.inspection)
        kind = request.POST.get("kind", "")
        if kind not in KIND_WORDS:
            raise BadRequest("The form lacks the kind of proposal.")
        accepted, left = self.accept_all(kind)
        text = f"Accepted: {words_of(kind, accepted)}."
        if left:
            text += f" {words_of(kind, left)} still need words of your own, or a choice."
        messages.success(request, text)
        return redirect("inspections:report_review", self.report.token)

    def accept_all(self, kind: str) -> tuple[int, int]:
        """How many were accepted, and how many are left because something is missing or refused."""
        accepted = left = 0
        bodies, user = list_bodies(self.request.user, self.inspection), self.request.user
        certain = reviewed(self.report).open().filter(kind=kind, confidence=Confidence.CERTAIN)
        for fact in certain.select_related("report").order_by("number"):
            form = as_sent(proposal_form(fact, None, inspection=self.inspection, bodies=bodies, user=user))
            with transaction.atomic():
                is_made = form.is_valid() and form.submit(partial(self.accept, fact, form))
            accepted, left = accepted + is_made, left + (not is_made)
        return accepted, left

    def accept(self, fact: ProposedFact, form: ProposalForm) -> Any:
        by = self.request.user
        return accept(fact, lambda: form.make(by), by=by, expected_version=fact.version)
