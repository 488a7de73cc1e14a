"""A file becomes a ``Document``: its blocks in the order they are read, each with its page, its line and the headings
that it stands below.

    document = read_document(path, "report.pdf", labels={"good", "requires improvement"})     # files.py
    for block in document:
        block.kind, block.text, block.place, block.path

``labels`` are words that stand alone in a line and say something of the section, such as a grade: they are no heading
of what follows. Nothing here knows what a report is about. ``files`` has a process of its own (``program``) read it by
one of ``text``, ``pdf``, ``html`` and ``word``; ``outline`` puts the blocks of all of them below their headings.
"""
