"""The review of a report: its overview, and each of its proposals beside the passage that it was read from."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from inspections.choices import TakenIn
from inspections.entering.queries import list_bodies
from inspections.programmes.models import Inspection
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.reader.desk.pages import OfReport
from inspections.reader.editions.queries import editions_of
from inspections.reader.meaning.proposals import Confidence, ProposalKind
from inspections.reader.review.forms import ProposalForm, as_sent, form_of
from inspections.reader.review.queries import (
    KIND_WORDS,
    bodies_of,
    count_in_words,
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
)
from inspections.reader.review.services import accept, drop, hold_whole, take_back
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.pages import DraftPage
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import name_of

NARROWED_BY = ("kind", "body", "confidence", "decision")
CONFIDENCE_TAGS = {Confidence.CERTAIN: "green", Confidence.LIKELY: "yellow", Confidence.UNSURE: "orange"}
ON_A_PAGE = 25
KIND_COLUMNS = (
    Column("kind", "Kind", lambda kind: kind.name, lambda kind: f"?kind={kind.kind}"),
    Column("waiting", "Waiting", lambda kind: kind.waiting, numeric=True),
    Column("accepted", "Accepted", lambda kind: kind.accepted, numeric=True),
    Column("dropped", "Dropped", lambda kind: kind.dropped, numeric=True),
)


class Review(OfReport, View):
    """How far the review is, and the proposals that the address narrows to."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        query = {name: request.GET.get(name, "") for name in NARROWED_BY}
        rows = reviewed(self.report).select_related("decided_by")
        facts = in_order(narrowed(rows if any(query.values()) else rows.open(), query))
        progress = progress_of(self.report)
        first = next((fact for fact in in_order(reviewed(self.report).open())), None)
        may_be_whole = not (self.inspection.stage.is_published or TakenIn(self.inspection.taken_in).is_whole)
        unread = self.report.blocks.exclude(why_unread="").order_by("number")
        bodies = bodies_of(self.report)
        context = {
            "breadcrumbs": self.breadcrumbs(),
            "report": self.report,
            "inspection": self.inspection,
            "progress": progress,
            "kind_columns": KIND_COLUMNS,
            "total": sum(each.total for each in progress),
            "done": sum(each.total - each.waiting for each in progress),
            "first": first,
            "may_hold_whole": not first and may_be_whole,
            "bodies": bodies,
            "editions": editions_of(self.report),
            "narrowed": [name for name in narrowed_words(query, bodies) if name],
            "facts": facts[:ON_A_PAGE],
            "is_cut": len(facts) > ON_A_PAGE,
            "columns": fact_columns(self.report, query),
            "unread": unread[:ON_A_PAGE],
            "unread_total": unread.count(),
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


class HoldWhole(OfReport, View):
    """Says, once everything is decided, that all that the report says is held here."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        refuse_published(self.inspection)
        try:
            hold_whole(self.inspection, by=self.request.user, expected_version=version_of(request))
        except (ValidationError, StaleRecordError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        else:
            messages.success(request, "Held whole: where it has none of a kind, pages say that none was found.")
        return redirect("inspections:report_review", self.report.token)


class ProposalPage(DraftPage, OfReport, View):
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

    def form(self, data: Any = None) -> ProposalForm:
        bodies = list_bodies(self.request.user, self.inspection)
        return form_of(self.fact, data, inspection=self.inspection, bodies=bodies, user=self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        refuse_published(self.inspection)
        form, version = self.form(request.POST), version_of(request)
        match request.POST.get("decision"):
            case "accept":
                by: Any = request.user
                take = partial(accept, self.fact, form.make, by=by, expected_version=version)
                if form.is_valid() and form.submit(take):
                    messages.success(request, f"Accepted: {form.result}", extra_tags=self.draft["place"])
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
            messages.success(self.request, f"Dropped: {gist_of(self.fact)}", extra_tags=self.draft["place"])
            return self.next()
        messages.success(self.request, "Taken back: it waits for a decision again.")
        return redirect(self.request.get_full_path())

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
            "draft": self.draft,
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
            "done": sum(each.total - each.waiting for each in progress),
        }
        return render(self.request, self.template_name, context, status=form.status)


def version_of(request: HttpRequest) -> int:
    try:
        return int(request.POST["expected_version"])
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
        accepted = left = 0  # because something is missing or refused
        user: Any = request.user
        bodies = list_bodies(user, self.inspection)
        certain = reviewed(self.report).open().filter(kind=kind, confidence=Confidence.CERTAIN)
        for fact in certain.select_related("report").order_by("number"):
            form = as_sent(form_of(fact, inspection=self.inspection, bodies=bodies, user=user))
            take = partial(accept, fact, form.make, by=user, expected_version=fact.version)
            with transaction.atomic():
                is_made = form.is_valid() and form.submit(take)
            accepted, left = accepted + is_made, left + (not is_made)
        text = f"Accepted: {count_in_words(kind, accepted)}."
        if left:
            text += f" {count_in_words(kind, left)} still need words of your own, or a choice."
        messages.success(request, text)
        return redirect("inspections:report_review", self.report.token)
