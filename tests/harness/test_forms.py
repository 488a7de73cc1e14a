"""The reader of forms sends what a browser would, and nothing that the page does not hold."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import NotOnPageError, entries, errors, form_of, press


class Sent:
    """Stands where the test client does, and keeps what it is given."""

    def post(self, address, data, **more):
        self.address, self.data = address, data

    def get(self, address):
        self.address = address


def page(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response.request = {"PATH_INFO": "/force/", "QUERY_STRING": "tab=names"}
    return response


def form(inside: str, attributes: str = 'method="post"') -> HttpResponse:
    return page(f'<form {attributes}>{inside}<button>Save</button></form><form><input name="q"></form>')


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<input name="a" value="x &amp; y">', {"a": ["x & y"]}),
        ('<input name="a">', {"a": [""]}),
        ('<input type="hidden" name="a" value="1">', {"a": ["1"]}),
        ('<input value="without a name">', {}),
        ('<input name="a" disabled>', {}),
        ('<fieldset disabled><legend><input name="a"></legend><input name="b"></fieldset>', {"a": [""]}),
        ('<input name="a" readonly value="1">', {"a": ["1"]}),
        ('<input type="checkbox" name="a"><input type="checkbox" name="b" checked>', {"b": ["on"]}),
        (
            '<input type="checkbox" name="a" value="1" checked><input type="checkbox" name="a" value="2" checked>',
            {"a": ["1", "2"]},
        ),
        ('<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2">', {"a": ["1"]}),
        ('<input type="radio" name="a" value="1">', {}),
        ('<input type="button" name="a" value="1"><input type="reset" name="b">', {}),
        ('<input type="date" name="a" value="31/12/2026">', {"a": [""]}),
        ('<input type="date" name="a" value="2026-12-31">', {"a": ["2026-12-31"]}),
        ('<input type="number" name="a" value="ten">', {"a": [""]}),
        ('<input type="file" name="a">', {}),
        ('<textarea name="a">\nOne.\nTwo.</textarea>', {"a": ["One.\r\nTwo."]}),
        ('<textarea name="a">\n\nOne.</textarea>', {"a": ["\r\nOne."]}),
        ('<textarea name="a">&lt;b&gt;</textarea>', {"a": ["<b>"]}),
        ('<select name="a"><option value="1">One<option>Two  words</select>', {"a": ["1"]}),
        ('<select name="a"><option value="1">One<option selected>Two  words</select>', {"a": ["Two words"]}),
        ('<select name="a"><option value="" disabled>Choose<option value="2">Two</select>', {"a": ["2"]}),
        ('<select name="a"></select>', {}),
        ('<select name="a" multiple><option value="1">One</select>', {}),
        (
            '<select name="a" multiple><option value="1" selected>One</option><option value="2" selected></select>',
            {"a": ["1", "2"]},
        ),
        ('<input list="names" name="a"><datalist id="names"><option value="x"></datalist>', {"a": [""]}),
        ('<template><input name="a"></template>', {}),
        ('<input name="names-__prefix__-id"><input name="names-0-id">', {"names-0-id": [""]}),
        ('<script>"<input name=a>"</script>', {}),
        ("<!-- <input name=a> -->", {}),
    ],
)
def test_what_stands_in_a_form_is_what_is_sent(html, expected):
    assert entries(form(html)) == expected


def test_a_control_outside_of_its_form_names_it():
    html = (
        '<input name="a" form="main" value="1"><form id="main" method="post"></form><button form="main">Save</button>'
    )
    assert entries(page(html)) == {"a": ["1"]}


@given(st.text())
def test_any_text_is_sent_as_it_was_entered(text):
    opened = form_of(form('<textarea name="a"></textarea><input name="b">'))
    opened.fill(a=text)
    assert opened.value("a").replace("\r\n", "\n") == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("html", "change"),
    [
        ("", {"a": 1}),
        ('<input type="hidden" name="a">', {"a": 1}),
        ('<input name="a" readonly>', {"a": 1}),
        ('<input name="a" disabled>', {"a": 1}),
        ('<select name="a"><option value="1">One</select>', {"a": 2}),
        ('<select name="a"><option value="1">One</select>', {"a": ""}),
        ('<select name="a" multiple><option value="1">One</select>', {"a": [1, 2]}),
        ('<input type="radio" name="a" value="1">', {"a": 2}),
        ('<input type="checkbox" name="a" value="1">', {"a": [2]}),
        ('<input name="names-__prefix__-name">', {"names-0-name": "x"}),
    ],
)
def test_nothing_is_entered_that_the_page_does_not_let_one_enter(html, change):
    with pytest.raises(NotOnPageError):
        form_of(form(html)).fill(change)


@pytest.mark.parametrize(
    ("html", "value", "expected"),
    [
        ('<input type="checkbox" name="a" value="1"><input type="checkbox" name="a" value="2">', [1], ["1"]),
        ('<input type="checkbox" name="a">', True, ["on"]),
        ('<input type="checkbox" name="a" checked>', False, []),
        ('<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2">', 2, ["2"]),
        ('<select name="a"><option value="1">One<option value="2">Two</select>', 2, ["2"]),
        ('<select name="a"><option value="">None<option value="2" selected>Two</select>', None, [""]),
        ('<select name="a" multiple><option value="1" selected>One</select>', [], []),
        ('<select name="a" data-ajax--url="/look-up/"></select>', 7, ["7"]),
    ],
)
def test_choices_are_made(html, value, expected):
    assert form_of(form(html)).fill(a=value).entries.get("a", []) == expected


def test_a_row_is_added_from_the_pages_empty_one():
    html = '<input type="hidden" name="names-TOTAL_FORMS" value="1"><input name="names-0-name" value="Kent Police">'
    opened = form_of(form(f'{html}<input name="names-__prefix__-name"><input type="hidden" name="names-__prefix__-n">'))
    assert opened.row_with("names", name="Kent Police") == "names-0"
    assert opened.add_row("names", name="Kent") == "names-1"
    assert opened.entries == {
        "names-TOTAL_FORMS": ["2"],
        "names-0-name": ["Kent Police"],
        "names-1-name": ["Kent"],
        "names-1-n": [""],
    }


def test_the_button_that_is_pressed_is_sent_and_no_other():
    client = Sent()
    html = '<input name="a" value="x y"><button name="next" value="1">Save and go on</button>'
    press(client, form(html), "Save and go on")
    assert (client.address, client.data) == ("/force/?tab=names", "a=x+y&next=1")
    press(client, form(html), "Save")
    assert client.data == "a=x+y"


def test_a_form_goes_where_it_or_its_button_says():
    client = Sent()
    press(client, form("", 'action="../other/" method="post"'), "Save")
    assert client.address == "/other/"
    press(client, form('<button formaction="/drop/">Drop</button>'), "Drop")
    assert client.address == "/drop/"
    press(client, form('<input name="a" value="x">', 'action="/list/?a=0"'), "Save")
    assert client.address == "/list/?a=x"


def test_a_file_needs_a_form_that_sends_files():
    client, file = Sent(), SimpleNamespace(name="plan.xlsx")
    press(client, form('<input type="file" name="a">'), "Save", a=file)
    assert client.data == "a=plan.xlsx"
    press(client, form('<input type="file" name="a">', 'method="post" enctype="multipart/form-data"'), "Save", a=file)
    assert client.data == {"a": [file]}


@pytest.mark.parametrize("html", ["", "<button disabled>Drop</button>", '<button type="button">Drop</button>'])
def test_a_button_must_be_there_to_be_pressed(html):
    with pytest.raises(NotOnPageError):
        press(Sent(), form(html), "Drop")


def test_of_two_forms_with_one_button_the_action_tells():
    both = page('<form action="/a/"><button>Drop</button></form><form action="/b/"><button>Drop</button></form>')
    with pytest.raises(NotOnPageError, match="several forms"):
        form_of(both, "Drop")
    assert form_of(both, "Drop", action="/b/").raw.action == "/b/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<ul class="errorlist" id="id_name_error"><li>Missing.</li></ul>', {"name": ["Missing."]}),
        ('<ul class="errorlist nonfield"><li>One.</li><li>Two.</li></ul>', {"": ["One.", "Two."]}),
        ('<div class="form-row hidden"><ul class="errorlist"><li>Missing.</li></ul></div>', {}),
        (
            (
                '<ul class="govuk-error-summary__list"><li><a href="#id_name">Missing.</a></li><li>All.</li></ul>'
                '<div id="id_name_error"><p class="govuk-error-message"><span>Error:</span> Missing.</p></div>'
            ),
            {"name": ["Missing."], "": ["All."]},
        ),
        ("<ul><li>Not an error</li></ul>", {}),
    ],
)
def test_errors_are_those_that_can_be_seen(html, expected):
    assert errors(page(html)) == expected
