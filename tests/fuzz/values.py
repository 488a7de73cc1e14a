"""Values that somebody might put into an address or a form, by what is asked for: some right, most of them not."""

from collections.abc import Sequence

import django_filters
from hypothesis import strategies as st

from soc_tracker.core.lists.filters import StrictFilterSet
from tests.core.text.test_days import subclasses

DAYS = (
    *("2022-03-15", "2023-01-04", "31/1/2023", "1900-01-01", "2100-12-31", "1899-12-31", "0001-01-01", "9999-12-31"),
    *(
        "10000-01-01",
        "2023-02-30",
        "0000-00-00",
        "-2022-01-01",
        "２０２３-01-01",
        "2023-01-01T00:00",
        "20230101",
        "soon",
    ),
)
AS_SENT = (
    *("-", "..", "[c]", "[x]", "N/A", "#N/A", "#REF!", "#DIV/0!", "TBC", "(blank)", "Not known", "0", "*"),
    *("2.02207E+15", "1.00E+05", "00401", "401", "2022071300000010", "Mar-12", "’PB-1", '="1"', "401.0"),
    *("PB-1", "PB-1\u200b", "PB\u20111", "pb – 1", "ＰＢ-1", "OCG-1", "ocg\u20111"),
    *("7/13/2022", "3/4/2022", "13/7/22", "22-07-13", "0202-07-13", "13/07/0022", "13-Jul-22", "July 13, 2022"),
    *("West Midlands2", "Kent Police [note 2]", "Gwent (r)", "Kent¹", "Chesire Constabulery", "Heddlu Gwent"),
)
"""What people and programs put into the cells of spreadsheets."""
NUMBERS = (
    *(
        "1",
        "2",
        "3",
        "25",
        "0",
        "-1",
        "200",
        "2022",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
    ),
    *(
        "1" * 30,
        "9" * 4400,
        "1e999",
        "1e-999",
        "NaN",
        "Infinity",
        "-0",
        "1.5",
        "1.005",
        "٣",
        "0x10",
        " 1 ",
        "1_0",
        "1,2",
    ),
)
WORDS = (
    *(
        "a",
        "kent",
        "Kent Police",
        "ocg",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "''",
        "a b",
        "&",
        "|",
        "!",
        "( ",
        "a:*",
        "<->",
        "--",
    ),
    *(
        "'; DROP TABLE",
        "\x00",
        "a\x00b",
        "\ud800",
        "\udfff",
        "\ufeff",
        "\u202e",
        "é",
        "e\u0301",
        "İ",
        "ß",
        "🏴",
        "\U0010ffff",
    ),
    *(
        "..",
        "../..",
        "//",
        "/",
        "?",
        "#",
        "{{ 1 }}",
        "{% x %}",
        "<script>",
        "%s",
        "%(a)s",
        "{0}",
        "NULL",
        "None",
        "true",
    ),
    *(
        "[]",
        "{}",
        "\r\nX: y",
        "\t",
        " ",
        "\n",
        "-",
        "“",
        "a" * 201,
        "a" * 2000,
        "é" * 300,
        "x " * 150,
        "on",
        "yes",
        "no",
    ),
)
GENERAL = (*DAYS[:10], *NUMBERS, *WORDS)
RESERVED = {
    "older": ("x", "WyJhIl0:1:2", ":", "\x00", "é", "a" * 500, "WyIxIl0:abc:def"),
    "newer": ("x", "WyJhIl0:1:2", ":", "\x00"),
    "jump": DAYS,
    "sort": ("reference", "-reference", "--reference", "name", "-", "\x00", "activity_date", "-score", "pk"),
    "format": ("csv", "xlsx", "CSV", "json", "html", "api", "\x00"),
    "form": ("data", "DATA", "", "\x00"),
    "columns": ("reference", "name", "organisation", "", "\x00", "nothing"),
    "page_size": NUMBERS,
    "cursor": (
        "x",
        "older.x",
        "newer.",
        "cD0x",
        "cD0yMDIy",
        "\x00",
        "bz0xMDAwMDAwMDAwMDAwMDAwMDAw",
        "cj0xJnA9Tm9uZQ==",
    ),
    "programme": ("peel-2022-23", "x", "\x00"),
    "page": (*NUMBERS, "disruptions", "compare"),
    "query": ("a=b", "\x00", "%", "kind=\ud800"),
    "next": ("/", "//evil.example", "https://evil.example", "\x00", "javascript:x"),
}
OF_THE_ADMIN = {
    "q": WORDS,
    "o": ("1", "-1", "1.2.3", "99", "x", "\x00", "-", "1.-1"),
    "p": NUMBERS,
    "all": ("", "1"),
    "e": ("1",),
    "_popup": ("1",),
    "_to_field": ("id", "slug", "password", "\x00"),
    "_changelist_filters": ("p=x", "q=%00", "id=a", "a&b", "%"),
    "id": GENERAL,
    "id__exact": GENERAL,
    "id__in": ("1,2", "a", "", "\x00", "1," * 2000),
    "pk__in": ("1,x",),
    "name__contains": WORDS,
    "slug__exact": WORDS,
    "organisation__id__exact": GENERAL,
    "grade__exact": WORDS,
    "status": WORDS,
    "valid_from__year": NUMBERS,
    "valid_from__gte": DAYS,
    "is_active__exact": ("1", "0", "x"),
    "groups__id__exact": GENERAL,
    "password__startswith": WORDS,
    "organisation__isnull": ("1", "0", "x"),
    "term": WORDS,
    "app_label": ("forces", "x", "\x00"),
    "model_name": ("region", "x"),
    "field_name": ("organisation", "x"),
}


def parameters() -> dict[str, Sequence[str]]:
    """Every filter of the site with values that it may take and others, and the names that pages use themselves."""
    found: dict[str, Sequence[str]] = dict(RESERVED)
    for filters in subclasses(StrictFilterSet):
        for name, filter_ in filters.base_filters.items():
            if isinstance(filter_, django_filters.DateFilter):
                values: Sequence[str] = DAYS
            elif isinstance(filter_, django_filters.NumberFilter):
                values = NUMBERS
            else:
                choices = filter_.extra.get("choices", ())
                words = choices() if callable(choices) else choices
                values = (*(str(value) for value, _ in words), "kent", "north", "1", *WORDS)
            found[name] = (*found.get(name, ()), *values)
    return found


def odd_text() -> st.SearchStrategy[str]:
    """Most often a value that has broken something somewhere before, else any text."""
    return st.one_of(st.sampled_from(GENERAL), st.sampled_from(GENERAL), st.text(max_size=12))
