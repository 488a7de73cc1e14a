"""Any spreadsheet into rows, and the refused rows back: CSV and XLSX, in any encoding, delimiter and order.

A form is a list of ``Field``s (``cells``): heading, synonyms, parser (``parsers``) and what it expects. A large file is
read by pieces with ``Reader``, a small one whole with ``read_rows`` (``reader``)::

    rows = read_rows(path, "partners.csv", FIELDS)           # raises UnreadableFileError
    for row in rows:
        if row.values["name"] in taken:
            rows.refuse(row, "name", "a name of its own")
    rows.write_errors(errors)                                # the same file with a column "error"

What becomes of the rows is an ``Outcome``, which pages show in sections; ``Decision.writes`` says whether they are
written (``outcome``). Commands are ``command.LoadCommand``s, and ``uploads`` lets people send a file and decide on it.
"""
