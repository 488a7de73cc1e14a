"""The columns of the list of Clear, Hold, Build sites."""

from datetime import date

from plans4p.models import Site
from plans4p.presenters.sites import began_on, running
from soc_tracker.lib.tables import Column


def site_columns(today: date) -> tuple[Column, ...]:
    """Columns of sites; which phases run is told of the day."""
    return (
        Column("place", "Place", lambda site: site.place, lambda site: site.get_absolute_url()),
        Column(
            "organisation",
            "Organisation",
            lambda site: site.organisation.name,
            lambda site: site.organisation.get_absolute_url(),
        ),
        Column("running", "Phase today", lambda site: running(site, today)),
        Column("began_on", "Began", began_on),
        Column("evaluated", "Evaluated", lambda site: bool(site.evaluation), wide_only=True),
        Column("partners", "Partners", _partners, wide_only=True),
        Column("phases", "Phases", _phases),
        Column("measures", "How success is measured", lambda site: site.measures),
        Column("evaluation", "Evaluation", lambda site: site.evaluation),
        Column("slug", "Slug", lambda site: site.slug),
        Column("kind_of_data", "Kind of data", lambda site: site.get_kind_of_data_display()),
    )


def _partners(site: Site) -> str:
    return "; ".join(partner.name for partner in site.partners.all())


def _phases(site: Site) -> str:
    """With ISO dates, as files have them: "Clear 2023-01-01 to 2023-06-30; Hold 2023-05-01 to"."""
    return "; ".join(
        f"{phase.get_phase_display()} {phase.starts_on} to {phase.ends_on or ''}".strip() for phase in site.phases.all()
    )
