"""A file becomes a ``Document``: its blocks in the order they are read, each with its page, its line and the headings
that it stands below.

    document = read_text(path, "report.txt", labels={"good", "requires improvement"})
    for block in document.blocks:
        block.kind, block.text, block.place, block.path

``labels`` are words that stand alone in a line and say something of the section, such as a grade: they are no heading
of what follows. Nothing here knows what a report is about.
"""
