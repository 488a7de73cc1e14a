"""The token of an analyst of one force reads nothing of another by any address that a token opens, nor its counts.

The addresses come from the URL conf: each operation of the API, each list and each report as a file. The same is asked
before the other force has anything on record and after: an answer that differs tells of it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse
from django.utils.timezone import localdate

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import give_reach
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.accounts.tokens.services import make_token
from soc_tracker.core.reports import ReportPage
from tests.architecture.urls import routes
from tests.makers import (
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_extract,
    make_member,
    make_officer,
    make_order,
    make_plan,
    make_site,
    make_threat,
)

pytestmark = pytest.mark.django_db
BODIES = ("cheshire", "cumbria", "kent", "north-west", "south-east")
OWN, OTHER = "Ownword", "Strangeword"
OF_THE_MOMENT = re.compile(r'"known":"[^"]*"|^Made,.*$', re.MULTILINE)
"""When an answer was made, and the moment up to which the record is known: of no row, and the same for everybody."""


@pytest.fixture
def region() -> Region:
    region = Region.objects.create(name="North West", slug="north-west")
    make_member(region, "Cheshire Constabulary")
    make_member(region, "Cumbria Constabulary")
    make_member(region, "North West ROCU", kind=OrganisationKind.ROCU)
    make_member(Region.objects.create(name="South East", slug="south-east"), "Kent Police")
    make_extract("disruptions", date(2023, 1, 4))
    make_extract("threats", date(2023, 1, 4))
    return region


@pytest.fixture
def program(region) -> Client:
    """A program with the token of an analyst of Cheshire."""
    account = User.objects.create(username="jo")
    account.groups.add(Group.objects.get(name=Role.ANALYST.label))
    cheshire = Organisation.objects.get(slug="cheshire")
    give_reach(account, organisation=cheshire, by=make_author(), reason="Works there.")
    until = localdate() + timedelta(days=30)
    secret = make_token(account, "Workbook", list(Scope), until, reason="For a workbook.")[1]
    return Client(headers={"Authorization": f"Bearer {secret}"})


def record(slug: str, number: int, word: str) -> None:
    """Something of every kind, of the force with the slug, with a word by which it is known in any answer.

    Partners are no force's own: everybody with a role reads of all of them.
    """
    force = Organisation.objects.get(slug=slug)
    threat = make_threat(f"OCG-00000{number}1", force, name=f"{word} threat")
    make_threat(f"OCG-00000{number}2", force, name=f"{word} second threat")
    for each in range(5):
        about = {"threat": threat, "summary": f"{word} disruption {each}"}
        make_disruption(f"DIS-2022-00000{number}{each}", force, four_p="prevent", size="major", **about)
    officer = make_officer(force, f"{word} Okoro")
    plan = make_plan(
        force,
        f"4P-000{number}1",
        title=f"{word} plan",
        threat=threat,
        owner=officer,
        starts_on=date(2022, 1, 1),
    )
    make_action(make_aim(plan, "prevent", change=f"{word} change"), f"{word} action")
    make_order(force, f"SCPO-00{number}1", subject=f"{word}-1")
    make_site(force, f"{word} estate {number}")


def test_of_other_forces_nothing_is_read_nor_counted(program, region):
    record("cheshire", 1, OWN)
    alone = answers(program)
    own = {address.partition("?")[0] for address, text in alone.items() if OWN.lower() in text.lower()}
    wanted = {"/disruptions/", "/threats/", "/plans/", "/orders/", "/api/v1/disruptions/", "/api/v1/threats/"}
    assert wanted | {"/api/v1/plans/", "/api/v1/orders/", "/api/v1/sites/"} <= own

    record("cumbria", 2, OTHER)
    beside = answers(program)
    assert naming(OTHER, beside) == set()
    # Whoever belongs to a region sees what all of it comes to, in one figure.
    of_region = {address for address in changed(alone, beside) if "north-west" in address or "/compare/" in address}
    assert changed(alone, beside) - of_region == set()

    record("kent", 3, OTHER)
    elsewhere = answers(program)
    assert naming(OTHER, elsewhere) == set()
    assert changed(beside, elsewhere) == set()


def naming(word: str, texts: dict[str, str]) -> set[str]:
    return {address for address, text in texts.items() if word.lower() in text.lower()}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {address for address, text in after.items() if before.get(address, text) != text}


def answers(program: Client) -> dict[str, str]:
    """What each address that a token opens answers, but for when it was made."""
    texts = {}
    for address in addresses():
        answer = program.get(address)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert answer.status_code in (200, 400, 403, 404), f"{address} answers {answer.status_code}"
        texts[address] = OF_THE_MOMENT.sub("", text)
    assert len(texts) > 80  # far more: no sweep over nothing
    return texts


def addresses() -> Iterator[str]:
    for name, pattern in routes():
        view: Any = pattern.callback
        api, page = getattr(view, "cls", None), getattr(view, "view_class", None)
        if (api and hasattr(api, "queryset")) or name.startswith("api:"):
            yield from (f"{url}?page_size=500" if hasattr(api, "list") else url for url in urls(name, pattern))
        elif page and getattr(page, "for_programs", False):
            if "report" in pattern.pattern.converters and pattern.default_args.get("suffix") == "csv":
                yield from (f"{url}?form=data" for url in urls(name, pattern, page=page))
            elif not issubclass(page, ReportPage):
                yield from (f"{url}?format=csv&form=data" for url in urls(name, pattern))


def urls(name: str, pattern: URLPattern, page: Any = None) -> Iterator[str]:
    """The addresses of a route, with every key of a row on record, of whatever force, in the places that take one."""
    references = [f"OCG-00000{n}1" for n in (1, 2, 3)] + [f"4P-000{n}1" for n in (1, 2, 3)]
    references += [f"DIS-2022-00000{n}0" for n in (1, 2, 3)] + [f"SCPO-00{n}1" for n in (1, 2, 3)]
    keys = {
        "slug": [*BODIES, "ownword-estate-1", "strangeword-estate-2", "strangeword-estate-3"],
        "reference": references,
        "pk": range(1, 12),
    }
    taken = pattern.pattern.converters or pattern.pattern.regex.groupindex
    places = [place for place in taken if place != "report"]
    for values in product(*(keys[place] for place in places)):
        kwargs = dict(zip(places, values, strict=True))
        for report in reports_of(page, kwargs) if page else [None]:
            more = {"report": report, **pattern.default_args} if report else {}
            yield reverse(name, kwargs=kwargs | more)


def reports_of(page: Any, kwargs: dict[str, Any]) -> list[str]:
    """The reports of a page; none where it is of nothing that is there, or that may be seen."""
    view, request = page(), RequestFactory().get("/")
    request.user = User.objects.get(username="jo")
    try:
        view.setup(request, **kwargs)
        return list(view.list_reports())
    except (Http404, ObjectDoesNotExist):
        return []
