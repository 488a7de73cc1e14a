"""The words of the rows: crime types, sizes, types of threat, and summaries that repeat as typed ones do."""

from random import Random

SIZES = {"Major": 5, "Moderate": 25, "Minor": 70}
THREAT_PREFIXES = {"OCG": 72, "PI": 15, "VUL": 13}

WHO = (
    *("Two brothers", "The main subject", "A lorry driver", "Three runners", "An accountant", "A holder of firearms"),
    *("The group's banker", "A recruiter of young people", "A former partner", "Four tenants"),
)
WHAT = (
    *("arrested at dawn", "charged", "remanded in custody", "made subject of an order", "sentenced to nine years"),
    *("visited with the council", "referred to a youth worker", "advised on locks and cameras", "stopped at a port"),
    "served with a closing notice",
)
RESULT = (
    *("{n} GBP in cash seized", "{n} g of cocaine found, with scales", "a pistol recovered", "{n} telephones examined"),
    *("{n} GBP frozen in accounts", "a victim taken to a place of safety", 'operation "{name}" ends'),
    *("a flat closed for three months", "a stolen van returned", "partners briefed, plan reviewed"),
)
OPERATIONS = ("Alder", "Bramble", "Curlew", "Dace", "Easel", "Fennel", "Garnet", "Hazel")


def summaries(random: Random, number: int) -> list[str]:
    """Sentences as fields of a CSV file; some hold commas and quotation marks."""
    return [_summary(random) for _ in range(number)]


def _summary(random: Random) -> str:
    result = random.choice(RESULT).format(n=random.randrange(1, 90_000), name=random.choice(OPERATIONS))
    return quoted(f"{random.choice(WHO)} {random.choice(WHAT)}; {result}.")


def quoted(text: str) -> str:
    """Text as a field of a CSV file."""
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text
