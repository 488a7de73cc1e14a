"""The pack by one command: the same that the page gives, of what the account may read."""

import time
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.core.paper.papers import read
from tests.inspections.following.making import make_requirement, make_step
from tests.makers import make_author, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(tmp_path: Path) -> Path:
    make_author("priya")
    requirement = make_requirement(make_organisation(), date(2024, 1, 10))
    make_step(requirement, "complete", date(2024, 3, 1))
    make_requirement(make_organisation("Kent Police"), date(2018, 3, 22))
    return tmp_path / "pack.pdf"


def text_of(out: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(out.read_bytes()).pages).split())


def test_it_writes_the_pack_of_a_quarter_within_five_seconds(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    call_command("make_pack", out, account="priya", quarter="2024-Q1")
    assert time.monotonic() - start < 5
    assert "1 open at the start, 1 made and 1 closed: 1 open at the end." in text_of(out)
    assert capsys.readouterr().out == f"{out}: All bodies, January to March 2024\n"


def test_it_may_be_of_one_body(out: Path) -> None:
    call_command("make_pack", out, account="priya", quarter="2024-Q1", organisation=["kent"], verbosity=0)
    assert "1 open at the start, 0 made and 0 closed: 1 open at the end." in text_of(out)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"quarter": "2024-Q9"}, "Quarter: “2024-Q9” is not one of its values."),
        ({"organisation": ["narnia"]}, "Organisation: “narnia” is not one of its values."),
        ({"account": "nobody"}, "There is no account “nobody” in use."),
    ],
)
def test_it_says_what_it_does_not_understand(out: Path, options: dict, complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        call_command("make_pack", out, **{"account": "priya"} | options)
    assert not out.exists()
