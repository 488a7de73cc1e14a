"""How names of organisations are compared."""

import re
import unicodedata


def normalise(name: str) -> str:
    """The form in which two spellings of one name are equal: no case, no accents, "&" as "and", single spaces."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    spelled = plain.replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", " ", spelled.casefold()).strip()
