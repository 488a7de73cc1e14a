"""What stands around the demo plans, written where it is missing: partners, officers, orders, sites, tactics."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from disruptions.choices import DataKind, FourP
from disruptions.threats.models import Threat
from forces.models import Organisation
from plans4p.aims import services as aims_services
from plans4p.aims.models import Tactic
from plans4p.directory import services as directory_services
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.sites.models import Site
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.chance import chance
from soc_tracker.demo.fourp import network, words
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.facts import Facts
from soc_tracker.demo.fourp.network import Officer, officers
from soc_tracker.demo.fourp.orders import Order, orders
from soc_tracker.demo.fourp.partners import Demo, partners
from soc_tracker.demo.fourp.plans import WITH_ACCOUNT
from soc_tracker.demo.fourp.sites import DemoSite, sites
from soc_tracker.demo.fourp.words import REASON
from soc_tracker.demo.management.commands.create_demo_accounts import demo_user

MADE_UP = DataKind.ILLUSTRATIVE
Bodies = Mapping[str, Organisation]
Tactics = Mapping[str, list[Tactic]]


@transaction.atomic
def load_partners(bodies: Bodies, days: Days, *, by: User) -> dict[str, list[Partner]]:
    """The partners of each body, by its slug."""
    found: dict[str, list[Partner]] = defaultdict(list)
    for demo in partners():
        slug = slugify(demo.name)
        partner = Partner.objects.filter(slug=slug).first() or _partner(demo, slug, bodies, days, by)
        for body in demo.serves:
            found[body].append(partner)
    return found


def _partner(demo: Demo, slug: str, bodies: Bodies, days: Days, by: User) -> Partner:
    has_agreement = demo.agreement_ends is not None
    partner = directory_services.PARTNERS.create(
        name=demo.name,
        slug=slug,
        kind_of_data=MADE_UP,
        sector=demo.sector,
        serves=[bodies[body] for body in demo.serves],
        contact_route="Through the force's partnership desk",
        sharing_agreement="Information-sharing agreement of the demo" if has_agreement else "",
        agreement_expires_on=days.ahead(demo.agreement_ends) if demo.agreement_ends is not None else None,
        by=by,
        reason=REASON,
    )
    for four_p, kind, description, youngest, oldest in demo.offers:
        directory_services.OFFERS.create(
            partner=partner,
            four_p=four_p,
            kind=kind,
            description=description,
            youngest=youngest,
            oldest=oldest,
            by=by,
            reason=REASON,
        )
    return partner


@transaction.atomic
def load_officers(
    bodies: Bodies,
    published: Facts,
    held: Mapping[tuple[str, int], list[Threat]],
    days: Days,
    *,
    by: User,
    accounts: Mapping[tuple[str, int], User],
) -> dict[str, list[LeadOfficer]]:
    """The officers of each body. ``held`` are the threats of a body's officer by their place in its list.

    So are ``accounts``, that there are already; the others who have one get theirs here.
    """
    found: dict[str, list[LeadOfficer]] = {}
    for slug in network.NETWORKS:
        found[slug] = []
        for place, officer in enumerate(officers(slug, published)):
            stored = bodies[slug].lead_officers.filter(name=officer.name).first()
            user = accounts.get((slug, place)) or (_account(officer, slug, place) if place < WITH_ACCOUNT else None)
            mentor = None if officer.mentor is None else found[slug][officer.mentor]
            values = {"mentor": mentor, "threats": held.get((slug, place), []), "user": user}
            found[slug].append(stored or _officer(officer, bodies[slug], values, days, by))
    return found


def _account(officer: Officer, slug: str, place: int) -> User:
    """Nobody signs in with it: it stands for a person who writes and signs."""
    first_name, last_name = officer.name.split()
    return demo_user(f"demo-{slug}-{place + 1}", first_name, last_name, Role.LEAD_RESPONSIBLE_OFFICER)


def _officer(officer: Officer, body: Organisation, values: Mapping[str, object], days: Days, by: User) -> LeadOfficer:
    stored = directory_services.OFFICERS.create(
        values,
        name=officer.name,
        kind_of_data=MADE_UP,
        organisation=body,
        rank=officer.rank,
        share_of_time=officer.share,
        by=by,
        reason=REASON,
    )
    since = chance("training", body.slug, officer.name).randint(100, 290)
    for place, subject in enumerate(officer.courses):
        on = days.ago(since - 40 * place)
        directory_services.TRAININGS.create(officer=stored, subject=subject, completed_on=on, by=by, reason=REASON)
    return stored


@transaction.atomic
def load_orders(
    bodies: Bodies, published: Facts, threats: Mapping[str, Sequence[Threat]], days: Days, *, by: User
) -> None:
    """The orders of each body, on the threats of its plans in turn."""
    stored = set(AncillaryOrder.objects.values_list("reference", flat=True))
    for order in orders(published, days):
        if order.reference not in stored:
            _order(order, bodies[order.body], threats[order.body], by)


def _order(order: Order, body: Organisation, threats: Sequence[Threat], by: User) -> None:
    stored = directory_services.ORDERS.create(
        reference=order.reference,
        kind_of_data=MADE_UP,
        kind=order.kind,
        subject=order.subject,
        organisation=body,
        threat=threats[order.number % len(threats)],
        made_on=order.made_on,
        in_force_from=order.made_on,
        expires_on=order.expires_on,
        setting=order.setting,
        release_on=order.release_on,
        managing_unit=order.unit,
        manager=order.manager,
        release_plan=order.release_plan,
        by=by,
        reason=REASON,
    )
    for kind, text in order.terms:
        directory_services.TERMS.create(order=stored, kind=kind, text=text, by=by, reason=REASON)


@transaction.atomic
def load_sites(
    bodies: Bodies, published: Facts, helpers: Mapping[str, Sequence[Partner]], days: Days, *, by: User
) -> None:
    """The Clear, Hold, Build sites with their phases."""
    for site in sites(published):
        slug = f"demo-{slugify(site.place)}"
        if not Site.objects.filter(slug=slug).exists():
            _site(site, slug, bodies[site.body], helpers[site.body][:4], days, by)


def _site(site: DemoSite, slug: str, body: Organisation, helpers: Iterable[Partner], days: Days, by: User) -> None:
    stored = directory_services.SITES.create(
        place=site.place,
        slug=slug,
        kind_of_data=MADE_UP,
        organisation=body,
        partners=list(helpers),
        measures=site.measures,
        evaluation=site.evaluation,
        by=by,
        reason=REASON,
    )
    for phase, began, ended in site.phases:
        ends_on = None if ended is None else days.ago(ended)
        directory_services.PHASES.create(
            site=stored, phase=phase, starts_on=days.ago(began), ends_on=ends_on, by=by, reason=REASON
        )


@transaction.atomic
def load_tactics(*, by: User) -> Tactics:
    """The menu of tactics under each P; words, and of no kind of data."""
    for four_p, names in words.TACTICS.items():
        for name in names:
            if not Tactic.objects.filter(slug=slugify(name)).exists():
                aims_services.TACTICS.create(name=name, slug=slugify(name), four_p=four_p, by=by, reason=REASON)
    return {four_p: list(Tactic.objects.filter(four_p=four_p)) for four_p in FourP}
