"""Every page opens for each role, and every form on it, sent as a browser would, is taken, and taken once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from forces.models import Organisation
from inspections.reader.desk.models import ProposedFact
from soc_tracker.core.access.roles import Role
from soc_tracker.core.posting.tokens import FIELD
from soc_tracker.core.records.forms import LOST_VERSION
from tests.answers import read
from tests.core.posting.browsing import HOST, Browser
from tests.form_controls import Control
from tests.forms import Form, Page, form_of
from tests.makers import make_author, make_officer
from tests.pages import FOR_SOME, PAGES, READERS

pytestmark = pytest.mark.django_db
PROTECTION = "csrfmiddlewaretoken"
ACCOUNT_PAGES = ("account_email", "account_set_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp")
# Writes that are no record's: the form's own, the session's.
OF_THE_SITE = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(posting_sentform|accounts_session)"')
TRACKED = [model for model in apps.get_models() if hasattr(model, "history") and hasattr(model, "version")]
VERSIONED = [*TRACKED, ProposedFact]
TABLES = {model._meta.db_table for model in VERSIONED}
EVERY_TABLE = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
ACTS = ("/reorganise/", "/extracts/upload/", "/uploads/")
"""Forms that show no record to edit: an act, whose rules look at the bodies as they are then; and files that are added,
and checked at once.
"""
WRITE = re.compile(r"^(INSERT INTO|UPDATE|DELETE FROM) ")


@dataclass
class Found:
    """A form of a page, and the button that sends it."""

    form: Form
    button: str

    def __str__(self) -> str:
        return f"{self.form.address}: {self.button}"


@pytest.mark.parametrize("role", READERS)
def test_every_form_is_taken_once_or_comes_back_with_what_is_wrong_and_what_was_typed(role, reference, settings):
    officer_to_ask()
    browser = Browser(role)
    found = list(forms_of(browser, role))
    assert found
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
    wrong = {str(each): problem for each in found if (problem := problem_of(browser, each))}
    late = {str(each): problem for each in found if (problem := problem_when_late(browser, each))}
    busy = {str(each): problem for each in found if (problem := problem_when_busy(browser, each))}
    assert (wrong, late, busy) == ({}, {}, {})


@pytest.mark.parametrize("name", [FIELD, PROTECTION, "expected_version"])
def test_the_sweep_misses_a_hidden_field_that_is_taken_out(name, reference):
    browser = Browser(Role.INSPECTOR)
    [page] = [page for page in PAGES if page.name == "inspections:recommendation"]
    form = form_of(browser.get(page.url), "Add to the history", without={name})
    assert problem_of(browser, Found(form, "Add to the history"))


def officer_to_ask() -> None:
    """Somebody who may be asked to sign the plans of the force to which the examples belong."""
    user = make_author("kim", "Kim", "Hart")
    user.groups.add(Group.objects.get(name=Role.LEAD_RESPONSIBLE_OFFICER.label))
    make_officer(Organisation.objects.get(slug="cheshire"), "Kim Hart", user=user)


def forms_of(browser: Browser, role: Role) -> Iterator[Found]:
    """Each form that posts on the pages that the role sees, but for signing out; of forms that are alike the first."""
    pages = [*PAGES, *(page for roles, several in FOR_SOME.items() if role in roles for page in several)]
    urls = [page.url for page in pages]
    known = set()
    for url in (*urls, *map(reverse, ACCOUNT_PAGES)):
        response = read(browser.get(url))
        assert response.status_code == 200 or url not in urls, f"{url} answers {response.status_code}"
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in Page(response).forms:
            kind = (response.resolver_match.view_name, form.raw.action, frozenset(form.fields))
            if form.raw.method == "post" and form.raw.action != reverse("account_logout") and kind not in known:
                known.add(kind)
                yield from (Found(form, button.text) for button in form.buttons[:1])


def problem_of(browser: Browser, found: Found) -> str:
    """What is wrong with a form; "" where all is well."""
    form = found.form
    missing = {PROTECTION, FIELD} - {control.name for control in form.controls}
    if missing:
        return f"lacks {sorted(missing)}"
    for control in form.controls:
        fill(form, control)
    with sent_and_undone(browser, found) as answer:
        return written_again(browser, found) if is_taken(answer) else refusal_of(form, answer)


def problem_when_late(browser: Browser, found: Found) -> str:
    """What is wrong with the answer to a form, as it was filled in, when others have changed every record since; one
    that is sent without a version may add records, and change none.
    """
    if "/new/" in found.form.address or found.form.address.startswith(ACTS):
        return ""
    has_version = any(control.name.endswith("version") for control in found.form.controls)
    with transaction.atomic():
        for model in VERSIONED:
            model._base_manager.update(version=F("version") + 1)
        with CaptureQueriesContext(connection) as captured, sent_and_undone(browser, found) as answer:
            problem = "" if is_taken(answer) else refusal_of(found.form, answer)
        # What only adds a row, such as a line of a log, takes nothing from anybody.
        guarded = EVERY_TABLE if has_version else TABLES
        over = [sql for sql in writes(captured) if not sql.startswith("INSERT") and table_of(sql) in guarded]
        if is_taken(answer) and over:
            problem = f"overwrites what another has saved: {over[0][:80]}"
        transaction.set_rollback(True)
    return problem


def problem_when_busy(browser: Browser, found: Found) -> str:
    """What is wrong with the answer to a form, as it was filled in, while the database can write nothing."""

    def refuse(execute, sql, *rest):
        if WRITE.match(sql):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse), sent_and_undone(browser, found) as answer:
        words = unescape(answer.content.decode())
    lost = [
        control.name
        for control in found.form.controls
        if control.kind in ("text", "textarea") and control.is_open and found.form.value(control.name) not in words
    ]
    if answer.status_code == 503 and answer["Retry-After"] and not lost:
        return ""
    return f"is answered {answer.status_code}, without {lost}" if not is_refused_unwritten(answer) else ""


def is_refused_unwritten(answer: HttpResponse) -> bool:
    """Whether a form was found wrong before anything was to be written: it is shown with what is wrong."""
    return answer.status_code in (200, 400)


@contextmanager
def sent_and_undone(browser: Browser, found: Found) -> Iterator[HttpResponse]:
    """The answer to a form, of which nothing stays."""
    browser.defaults["HTTP_REFERER"] = HOST + found.form.address
    cookies = browser.cookies.copy()
    with transaction.atomic():
        rewind(found.form)
        yield found.form.press(browser, found.button)
        transaction.set_rollback(True)
    browser.cookies = cookies


def fill(form: Form, control: Control) -> None:
    """What somebody types who leaves nothing empty that may be filled."""
    day = (localdate() - timedelta(days=1)).isoformat()
    typed = {"text": "Because it is so", "textarea": "Because it is so", "number": "1", "date": day}
    typed |= {"email": "somebody@example.org", "password": "long enough for anyone"}
    if not control.is_open or control.name.endswith("threat"):
        return
    if control.kind == "radio" and not form.entries.get(control.name):
        form.fill({control.name: control.value})
    elif control.kind == "select" and not form.value(control.name):
        options = [option.value for option in control.options if option.value and not option.disabled]
        form.fill({control.name: options[0]} if options else {})
    elif control.kind == "file":
        form.fill({control.name: SimpleUploadedFile("rows.csv", b"Reference,Size\nDIS-1,major\n")})
    elif control.kind in typed and not control.value:
        form.fill({control.name: typed[control.kind]})


def is_taken(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and "kept_form=" not in answer.url


def refusal_of(form: Form, answer: HttpResponse) -> str:
    """What the answer lacks: words on the whole or on a field that can be changed, a title, something typed."""
    if answer.status_code not in (200, 400, 409):
        return f"answers {answer.status_code}"
    page = Page(answer)
    if not page.errors or [LOST_VERSION] in page.errors.values():
        return "is refused without a word on what its reader can change"
    named = {re.sub(r"_\d+$", "", name) for name in page.errors} - {""}  # of a box or button, its field
    if hidden := named - form.fields - {re.sub(r"_\d+$", "", name) for name in form.fields}:
        return f"complains of {sorted(hidden)}"
    if not re.search(r"<title>\s*Error: ", answer.content.decode()):
        return "does not say in its title that something is wrong"
    again = [each for each in page.forms if each.fields == form.fields and each.raw.action == form.raw.action]
    kept = [control.name for control in form.controls if control.is_open and control.kind not in ("file", "password")]
    lost = [name for name in kept if all(each.entries.get(name) != form.entries.get(name) for each in again)]
    return f"has lost {lost}" if lost else ""


def written_again(browser: Browser, found: Found) -> str:
    """What a second press writes."""
    rewind(found.form)
    with CaptureQueriesContext(connection) as captured:
        found.form.press(browser, found.button)
    return f"writes again: {writes(captured)[0][:80]}" if writes(captured) else ""


def writes(captured: CaptureQueriesContext) -> list[str]:
    return [each["sql"] for each in captured if WRITE.match(each["sql"]) and not OF_THE_SITE.match(each["sql"])]


def table_of(sql: str) -> str:
    """The table that a statement writes to."""
    return sql.split('"')[1]


def rewind(form: Form) -> None:
    """A browser reads a file anew each time that it sends it."""
    for control in form.controls:
        if isinstance(control.value, SimpleUploadedFile):
            control.value.seek(0)
