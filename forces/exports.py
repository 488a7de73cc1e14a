"""The columns of the lists of regions, forces and ROCUs, once: page, CSV and XLSX take them from here."""

from django.urls import reverse

from soc_tracker.lib.decimals import as_given
from soc_tracker.lib.tables import Column

REGION_COLUMNS = (
    Column("name", "Region", lambda region: region.name, lambda region: region.get_absolute_url()),
    Column("forces", "Forces", lambda region: region.forces_today, numeric=True),
    Column("rocus", "ROCU", lambda region: region.rocu_today or "none"),
    Column("note", "How it works together", lambda region: region.note, wide_only=True),
    Column("slug", "Slug", lambda region: region.slug),
)

BODY_COLUMNS = (
    Column("name", "Name", lambda body: body.name, lambda body: body.get_absolute_url()),
    Column(
        "region",
        "Region",
        lambda body: body.region_name,
        lambda body: reverse("region", args=[body.region_slug]) if body.region_slug else "",
    ),
    Column("population", "Population", lambda body: body.population, numeric=True),
    Column("population_as_at", "Population as at", lambda body: body.population_as_at),
    Column("officers", "Officers (full-time equivalent)", lambda body: as_given(body.officers), numeric=True),
    Column("officers_as_at", "Officers as at", lambda body: body.officers_as_at),
    Column("ons_code", "ONS code", lambda body: body.ons_code),
    Column("valid_from", "Exists from", lambda body: body.valid_from),
    Column("valid_to", "Exists until", lambda body: body.valid_to),
    Column("short_name", "Short name", lambda body: body.short_name),
    Column("slug", "Slug", lambda body: body.slug),
)
