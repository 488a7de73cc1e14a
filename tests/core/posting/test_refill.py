"""A form that is given back holds what was typed, whatever that is and whatever the page looks like."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.posting.refill import refill
from tests.forms import Page

PAGE = """
<form method="post" action="/sign-out/"><input type="hidden" name="csrfmiddlewaretoken" value="a"></form>
<form method="get" action="/here/"><input name="note" value="a filter"></form>
<details><summary>Correct</summary>
<form method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="new"><input type="hidden" name="form_token" value="new">
  <input type="hidden" name="do" value="correct">
  <input type="hidden" name="version" value="7">
  <input name="name" value="old &amp; stored" maxlength=9>
  <textarea name="note" rows="3">
Old &lt;text&gt;</textarea>
  <input type="checkbox" name="kinds" value="a" checked><input type="checkbox" name="kinds" value="b">
  <input type="radio" name="size" value="s" checked><input type="radio" name="size" value="l">
  <select name="body"><option value="">None</option><option value="1" selected>One</option>
    <option value="2">Two</option>
  </select>
  <input type="password" name="password"><input type="file" name="file">
  <button name="then" value="more">Save</button>
</form></details>
<form method="post"><input type="hidden" name="do" value="withdraw"><textarea name="note"></textarea>
<button>Withdraw</button></form>
"""
TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r"), max_size=40)


def given_back(fields, page: str = PAGE, action: str = "/here/") -> str:
    kept = SimpleNamespace(pk="key", action=action, fields=fields)
    return refill(page, page="/here/", kept=kept)


def forms(html: str) -> list:
    return Page(SimpleNamespace(request={"PATH_INFO": "/here/"}, charset="utf-8", content=html.encode())).forms


@given(
    name=TEXTS.filter(lambda text: "\n" not in text),
    note=TEXTS,
    kinds=st.sets(st.sampled_from("ab")),
    size=st.sampled_from("sl"),
    body=st.sampled_from(["", "1", "2"]),
)
def test_every_entry_comes_back(name, note, kinds, size, body):
    said = {"do": ["correct"], "version": ["3"], "name": [name], "note": [note], "size": [size], "body": [body]}
    said |= {"kinds": sorted(kinds)} if kinds else {}
    fields = [[key, value] for key, values in said.items() for value in values]
    html = given_back([*fields, ["then", "more"]])
    before, after = forms(PAGE), forms(html)
    found = {key: [value.replace("\r\n", "\n") for value in values] for key, values in after[2].entries.items()}
    own = {"csrfmiddlewaretoken": ["new"], "form_token": ["new"], "kept_form": ["key"]}
    silent = {"password": [""], "file": after[2].entries.get("file", [])}
    assert {key: found[key] for key in (*said, *own)} == said | own
    assert set(found) <= set(said) | set(own) | set(silent)
    assert [form.entries for form in after[:2]] == [form.entries for form in before[:2]]


def test_only_the_form_that_was_sent_is_filled():
    html = given_back([["do", "withdraw"], ["note", "Recorded twice."]])
    correct, withdraw = forms(html)[2:]
    assert withdraw.value("note") == "Recorded twice."
    assert "Old <text>" in correct.value("note")


def test_what_was_folded_away_stands_open():
    assert "<details open>" in given_back([["do", "correct"], ["note", "Typed"]])
    assert "<details open>" not in given_back([["do", "withdraw"], ["note", "Typed"]])


def test_a_row_that_a_script_had_added_is_added_as_fields():
    html = given_back([["do", "correct"], ["rows-3-name", "Typed\n</textarea>"], ["rows-3-id", ""]])
    form = forms(html)[2]
    assert form.value("rows-3-name").replace("\r\n", "\n") == "Typed\n</textarea>"
    assert form.value("rows-3-id") == ""


def test_the_form_goes_to_the_address_that_it_was_sent_to():
    assert forms(given_back([["do", "correct"]]))[2].raw.action == "/here/"


@pytest.mark.parametrize("action", ["/elsewhere/", "/here/?as_at=2023-01-04"])
def test_a_page_without_the_form_is_left_to_another(action):
    assert given_back([["do", "correct"]], action=action) == ""
