"""Pages of one record: the way to a page, the page that shows the record, and the one whose form writes it."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate
from django.views.generic import DetailView, View

from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.trail.services import record_reading

Crumb = tuple[str, str]
"""A title, and the name of its address or the address itself."""


def trail(*crumbs: Crumb) -> list[Crumb]:
    """The way to a page: titles with their addresses, the home page first."""
    return [("Home", reverse("home")), *((title, at if "/" in at else reverse(at)) for title, at in crumbs)]


class Trail:
    """A page that stands below others. ``parents`` are those that are the same for every record; ``within`` names the
    attributes of the page that hold the records whose pages it stands below.
    """

    parents: ClassVar[Sequence[Crumb]] = ()
    within: ClassVar[Sequence[str]] = ()

    @cached_property
    def today(self) -> date:
        """The day on which the page is opened, which is one day for all that is on it."""
        return localdate()

    def breadcrumbs(self) -> list[Crumb]:
        records = [getattr(self, name) for name in self.within]
        return trail(*self.parents, *((str(record), record.get_absolute_url()) for record in records))


class DraftPage:
    """A page whose form is kept on the writer's device as it is typed (``static/src/drafts.js``), in cipher.

    Its template takes ``draft``, as ``components/draft_line.html`` says. The message that something was saved has the
    ``place`` as its extra tags, by which the draft goes; what a ``FormPage`` has ``saved`` has it.
    """

    request: Any

    @property
    def draft(self) -> dict[str, str]:
        """``place`` names the draft on the device; ``key``, which opens it, is given to the writer's account alone."""
        own = str(self.request.user.pk)
        key = salted_hmac("soc_tracker.core.records.draft", own, algorithm="sha256").digest()
        return {"place": f"{own}:{self.request.path}", "key": b64encode(key).decode()}

    @property
    def tags_of_saved(self) -> str:
        """By which a draft goes."""
        return self.draft["place"]


class DetailPage(Trail, DetailView):
    """One record; somebody who may not see it gets the same 404 as for one that does not exist.

    ``parents`` end with the list that the record stands in.
    """

    model: Any

    def get_queryset(self) -> QuerySet[Any]:
        """The records with what the page reads of them."""
        records: QuerySet[Any] = self.model.objects.open_to(self.request.user).for_list()
        return records

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(self.object)
        return super().get_context_data(**kwargs) | {"breadcrumbs": self.breadcrumbs()} | self.facts()

    def facts(self) -> dict[str, Any]:
        """What the template reads beside the record itself."""
        return {}


class FormPage(Trail, View):
    """A form that has a service write a record. What is refused comes back in the form, with all that was entered;
    after a lost race the page shows both versions (``components/conflict.html``).

    ``form`` gives the form, empty or with what was sent; ``write`` has the service write what a valid form says, and
    returns the record. The writer then reads what was ``saved``, with the record in the place of ``{}``, at the address
    that ``leads_to`` names: of what the page's own address names, or of a new record by its slug. Without that name it
    is the page of the nearest record that the page stands below, or of the one that was written.

    ``shows`` names the attributes of the page that its template reads beside the form.
    """

    template_name: str
    form: Callable[..., Any]
    write: Callable[..., Any]
    saved: ClassVar[str] = ""
    leads_to: ClassVar[str] = ""
    shows: ClassVar[Sequence[str]] = ()

    def context(self) -> dict[str, Any]:
        """What the template reads beside the form: the records that the page stands below, and what it shows."""
        return {name: getattr(self, name) for name in (*self.within, *self.shows)}

    @property
    def tags_of_saved(self) -> str:
        """What the message that something was saved is tagged with."""
        return ""

    def done(self, record: Any) -> HttpResponseBase:
        """Leads the writer away from the form."""
        if self.saved:
            messages.success(self.request, self.saved.format(record), extra_tags=self.tags_of_saved)
        if self.leads_to:
            return redirect(self.leads_to, next(iter(self.kwargs.values()), "") or record.slug)
        return redirect(getattr(self, self.within[-1]) if self.within else record)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.answer(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form: ServiceForm = self.form(request.POST)
        if form.is_valid() and form.submit(lambda: self.write(form)):
            return self.done(form.result)
        return self.answer(form)

    def answer(self, form: ServiceForm) -> HttpResponse:
        return render(
            self.request,
            self.template_name,
            {"form": form, "breadcrumbs": self.breadcrumbs(), **self.context()},
            status=form.status,
        )
