"""What the demo plans are made of, before anything is written."""

import json
from collections import Counter
from itertools import chain

import pytest

from plans4p.choices import Setting
from plans4p.quality.queries import begins_with_verb
from soc_tracker.demo.fourp import facts as published_facts
from soc_tracker.demo.fourp import network, words
from soc_tracker.demo.fourp.cases import TAILORED
from soc_tracker.demo.fourp.network import NETWORKS, made_up_names, officers
from soc_tracker.demo.fourp.orders import orders
from soc_tracker.demo.fourp.partners import NORTH_WEST, partners
from soc_tracker.demo.fourp.plans import SORTS, Stage, Wording
from soc_tracker.demo.fourp.sites import NAMED, sites
from tests.demo.conftest import FIXTURES


def texts(*banks) -> list[str]:
    return [text for bank in banks for lines in bank.values() for text in lines]


def test_facts_are_those_of_the_fixtures(facts):
    rows = json.loads((FIXTURES / "published/nw-soc-2023/cheshire/figures.json").read_text())
    (row,) = (row for row in rows if row["measure"] == "lead-responsible-officers")
    assert facts["lead-responsible-officers", "cheshire"] == row["value"] == 5


def test_facts_that_nobody_published_are_absent(facts):
    assert (published_facts.ORDERS, "cheshire") not in facts


def test_no_tailored_wording_is_given_twice():
    every = texts(*TAILORED.values(), words.PLAIN, *words.STRATEGIC.values(), words.GENERIC) + list(words.OWN)
    assert max(Counter(every).values()) == 1


def test_every_action_but_the_unclear_begins_with_a_verb():
    every = texts(*TAILORED.values(), words.PLAIN, *words.STRATEGIC.values(), words.GENERIC) + list(words.OWN)
    assert [text for text in every if not begins_with_verb(text.format(threat="Alder Basin"))] == []
    assert not any(begins_with_verb(text) for text in words.UNCLEAR)


def test_tailored_actions_name_their_threat():
    assert [text for text in texts(*TAILORED.values()) if "{threat}" not in text] == []


@pytest.mark.parametrize("slug", NETWORKS)
def test_names_of_officers_are_told_apart(slug, facts):
    made = list(officers(slug, facts))
    assert len({officer.name.split()[1] for officer in made}) == len(made)
    assert made_up_names(slug, len(made)) == [officer.name for officer in made]


def test_some_officers_of_greater_manchester_lack_training_in_writing_plans(facts):
    trained = [network.WRITING in officer.courses for officer in officers("greater-manchester", facts)]
    assert True in trained
    assert False in trained


def test_officers_of_merseyside_are_trained_and_have_mentors(facts):
    made = list(officers("merseyside", facts))
    assert all(officer.courses for officer in made)
    assert any(officer.mentor is not None for officer in made)
    assert all(officer.mentor is None for officer in made[: NETWORKS["merseyside"].mentors])


def test_partners_are_of_every_sector_and_p_and_serve_every_body():
    made = partners()
    assert len(made) > 25
    assert len({partner.name for partner in made}) == len(made)
    assert {partner.sector for partner in made} == {"statutory", "third", "business"}
    assert {offer[0] for partner in made for offer in partner.offers} == {"pursue", "prevent", "protect", "prepare"}
    served = Counter(chain.from_iterable(partner.serves for partner in made))
    assert set(served) == set(NORTH_WEST)
    assert min(served.values()) >= 2


def test_somebody_can_divert_children_in_cumbria():
    found = [
        partner.name
        for partner in partners()
        for four_p, kind, _, youngest, oldest in partner.offers
        if "cumbria" in partner.serves and (four_p, kind, youngest, oldest) == ("prevent", "diversion", 10, 17)
    ]
    assert found


def test_some_agreements_with_partners_have_ended():
    ends = [partner.agreement_ends for partner in partners()]
    assert any(end is not None and end < 0 for end in ends)
    assert any(end is None for end in ends)


def test_the_subjects_of_cheshires_orders_are_all_in_custody(facts, days):
    settings = {order.setting for order in orders(facts, days) if order.body == "cheshire"}
    assert settings == {Setting.CUSTODY}


def test_some_orders_end_or_release_soon_and_some_lack_what_they_need(facts, days):
    made, soon = list(orders(facts, days)), days.ahead(90)
    assert any(order.release_on and order.release_on <= soon for order in made)
    assert any(order.setting == Setting.COMMUNITY and order.expires_on <= soon for order in made)
    assert any(not order.manager for order in made)
    assert any(order.setting == Setting.CUSTODY and not order.release_plan for order in made)


def test_orders_are_not_longer_than_the_law_allows_nor_end_before_release(facts, days):
    for order in orders(facts, days):
        assert (order.expires_on - order.made_on).days <= 5 * 365
        assert order.release_on is None or order.release_on < order.expires_on


def test_phases_of_sites_overlap(facts):
    first = next(sites(facts))
    (_, _, clear_ends), (_, hold_begins, _), _ = first.phases
    assert hold_begins > clear_ends


def test_a_site_has_a_real_name_only_where_the_report_names_it(facts):
    made = list(sites(facts))
    assert {site.body: site.place for site in made if "invented" not in site.place} == NAMED


def test_the_plans_are_of_every_body_and_as_many_as_a_reader_can_look_through():
    assert 40 <= len(SORTS) <= 60
    assert {sort.body for sort in SORTS} == set(NORTH_WEST)


@pytest.mark.parametrize("body", ["lancashire", "merseyside"])
def test_good_plans_are_of_lancashire_and_merseyside(body):
    ours = [sort for sort in SORTS if sort.body == body]
    assert {sort.wording for sort in ours} == {Wording.TAILORED, Wording.STRATEGIC}
    assert not any(sort.stage == Stage.OUT_OF_DATE for sort in ours)


def test_no_plan_of_greater_manchester_is_generic():
    """The report found its plans managed well and reviewed by peers."""
    assert not any(sort.wording == Wording.GENERIC for sort in SORTS if sort.body == "greater-manchester")
