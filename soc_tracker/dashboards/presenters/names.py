"""How regions and organisations are named beside one another."""

from forces.models import Organisation, Region

Body = Organisation | Region

WHOLE_REGION = "Region as a whole"
WHOLE_REGION_IN_A_SENTENCE = "the region as a whole"


def short(body: Body) -> str:
    """The name in a row or a column of a comparison; the region itself is told apart from its bodies."""
    return body.short_name if isinstance(body, Organisation) else WHOLE_REGION


def listing(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def several(number: int, one: str, many: str = "") -> str:
    """ "1 finding", "2 findings"; ``many`` where the plural is not formed with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def bodies(number: int) -> str:
    return several(number, "body", "bodies")
