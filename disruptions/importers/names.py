"""Names in files and the records they stand for, read once so that no row asks the database."""

from django.utils.text import slugify

from disruptions.models import CrimeType
from forces.choices import OrganisationKind
from forces.models import Alias, LocalPolicingArea, Organisation
from forces.names import normalise
from soc_tracker.lib.imports import Cell, as_text

MOST_NEW_CRIME_TYPES = 100  # of one file; a column with more of them holds something else
LONGEST_CRIME_TYPE = CrimeType._meta.get_field("name").max_length


class Organisations:
    """Every name by which an organisation is known. Keys are texts, as they go to the database."""

    expected = "the name of a police force, regional unit or agency on record"

    def __init__(self) -> None:
        self.keys = {name: str(pk) for name, pk in Alias.objects.values_list("normalised", "organisation")}
        forces = Organisation.objects.filter(kind=OrganisationKind.FORCE)
        self.forces = {str(pk) for pk in forces.values_list("pk", flat=True)}

    def key(self, value: Cell) -> str:
        """Raises ValueError for a name of nobody."""
        try:
            return self.keys[normalise(as_text(value))]
        except KeyError as error:
            raise ValueError(value) from error


class CrimeTypes:
    """Crime types by name. A new name gets a number below 0, by which its rows know it until it is on record."""

    expected = (
        f"a crime type of at most {LONGEST_CRIME_TYPE} characters; the file may bring {MOST_NEW_CRIME_TYPES} new ones"
    )

    def __init__(self) -> None:
        self.keys = {slug: str(pk) for slug, pk in CrimeType.objects.values_list("slug", "pk")}
        self.new: dict[int, str] = {}

    def key(self, value: Cell) -> str | None:
        """None for nothing. Raises ValueError for what cannot be a crime type."""
        name = " ".join(as_text(value).split())
        if not name:
            return None
        slug = slugify(name)
        return self.keys.get(slug) or self._added(name, slug)

    def keys_of(self, value: Cell) -> str:
        """The keys of several names with semicolons between them. Raises ValueError as ``key`` does."""
        keys = {self.key(name) for name in as_text(value).split(";")}
        return ",".join(sorted(key for key in keys if key))

    def _added(self, name: str, slug: str) -> str:
        if not slug or len(name) > LONGEST_CRIME_TYPE or len(self.new) >= MOST_NEW_CRIME_TYPES:
            raise ValueError(name)
        number = -1 - len(self.new)
        self.new[number] = name
        self.keys[slug] = str(number)
        return self.keys[slug]


class Areas:
    """Local policing areas by their organisation and name."""

    def __init__(self) -> None:
        rows = LocalPolicingArea.objects.values_list("organisation", "name", "pk")
        self.keys = {(str(organisation), normalise(name)): str(pk) for organisation, name, pk in rows}

    def key(self, organisation: str, name: str) -> str | None:
        return self.keys.get((organisation, normalise(name)))
