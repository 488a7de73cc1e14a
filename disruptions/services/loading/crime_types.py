"""Crime types that a file names and the record does not know yet."""

from django.utils.text import slugify

from disruptions.services.crime_types import CRIME_TYPES as SERVICE
from disruptions.services.loading.scratch import CRIME_TYPES
from disruptions.services.loading.terms import Found, Terms
from soc_tracker.lib.services import By


def add_crime_types(terms: Terms, found: Found, by: By) -> dict[int, int]:
    """Add them; their keys by the numbers by which the rows of the file know them, also for use in the database."""
    keys = {}
    for number in found.crime_types:
        name = terms.crime_types[number]
        keys[number] = SERVICE.create(name=name, slug=slugify(name), by=by, reason=f"Named by {terms.file_name}").pk
    if keys:
        CRIME_TYPES.add({"number": list(keys), "id": list(keys.values())})
    return keys
