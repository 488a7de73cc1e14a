"""Every form of the site, as each role finds it on the pages: sent as a browser would, it is taken, and taken once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from soc_tracker.lib.record_forms import LOST_VERSION
from soc_tracker.posting.tokens import FIELD
from soc_tracker.roles import Role
from tests.answers import read
from tests.form_controls import Control
from tests.forms import Form, Page, form_of
from tests.pages import FOR_SOME, PAGES
from tests.posting.browsing import HOST, Browser

pytestmark = pytest.mark.django_db
PROTECTION = "csrfmiddlewaretoken"
ACCOUNT_PAGES = ("account_email", "account_set_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp")
# Writes that are no record's: the form's own, the session's.
OF_THE_SITE = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(posting_sentform|django_session)"')
WRITE = re.compile(r"^(INSERT INTO|UPDATE|DELETE FROM) ")


@dataclass
class Found:
    """A form of a page, and the button that sends it."""

    form: Form
    button: str

    def __str__(self) -> str:
        return f"{self.form.address}: {self.button}"


@pytest.mark.parametrize("role", Role)
def test_every_form_is_taken_once_or_says_at_a_field_what_is_wrong(role, reference, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
    browser = Browser(role)
    found = list(forms_of(browser, role))
    assert found
    wrong = {str(each): problem for each in found if (problem := problem_of(browser, each))}
    assert wrong == {}


@pytest.mark.parametrize("name", [FIELD, PROTECTION, "version"])
def test_the_sweep_misses_a_hidden_field_that_is_taken_out(name, reference):
    browser = Browser(Role.INSPECTOR)
    [page] = [page for page in PAGES if page.name == "inspections:recommendation"]
    form = form_of(browser.get(page.url), "Add to the log", without={name})
    assert problem_of(browser, Found(form, "Add to the log"))


def forms_of(browser: Browser, role: Role) -> Iterator[Found]:
    """Each form that posts on the pages that the role sees, but for signing out; of forms that are alike the first."""
    pages = [*PAGES, *(page for roles, several in FOR_SOME.items() if role in roles for page in several)]
    known = set()
    for url in (*(page.url for page in pages), *map(reverse, ACCOUNT_PAGES)):
        response = read(browser.get(url))
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in Page(response).forms:
            kind = (response.resolver_match.view_name, form.raw.action, frozenset(form.fields))
            if form.raw.method == "post" and form.raw.action != reverse("account_logout") and kind not in known:
                known.add(kind)
                yield from (Found(form, button.text) for button in form.buttons[:1])


def problem_of(browser: Browser, found: Found) -> str:
    """What is wrong with a form; "" where all is well. Nothing that it writes stays."""
    form = found.form
    missing = {PROTECTION, FIELD} - {control.name for control in form.controls}
    if missing:
        return f"lacks {sorted(missing)}"
    for control in form.controls:
        fill(form, control)
    browser.defaults["HTTP_REFERER"] = HOST + form.address
    cookies = browser.cookies.copy()
    with transaction.atomic():
        answer = form.press(browser, found.button)
        problem = written_again(browser, found) if is_taken(answer) else refusal_of(form, answer)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return problem


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


def is_taken(answer) -> bool:
    return answer.status_code == 302 and "kept_form=" not in answer.url


def refusal_of(form: Form, answer) -> str:
    """ "" where the answer shows what is wrong at fields that its reader can change, or says it of the whole."""
    if answer.status_code not in (200, 400, 409):
        return f"answers {answer.status_code}"
    page = Page(answer)
    if not page.errors or [LOST_VERSION] in page.errors.values():
        return "is refused without a word on what its reader can change"
    hidden = {name for name in page.errors if name and name not in form.fields}
    title = re.search(r"<title>\s*(.*?)\s*</title>", answer.content.decode(), re.DOTALL)[1]
    return f"complains of {sorted(hidden)}" if hidden else "" if title.startswith("Error: ") else f"is titled “{title}”"


def written_again(browser: Browser, found: Found) -> str:
    """What a second press writes."""
    for control in found.form.controls:
        if isinstance(control.value, SimpleUploadedFile):
            control.value.seek(0)
    with CaptureQueriesContext(connection) as captured:
        found.form.press(browser, found.button)
    again = [q["sql"] for q in captured if WRITE.match(q["sql"]) and not OF_THE_SITE.match(q["sql"])]
    return f"writes again: {again[0][:80]}" if again else ""
