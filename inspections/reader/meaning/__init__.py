"""What the blocks of a report mean: proposals for a person to accept, each with the passage that it was read from.

``numbers``, ``days`` and ``quantities`` read sentences, and know nothing of inspections. ``phrasebook`` holds the words
of the field, which are rows; ``standing`` says of each block whose part of the report it stands in. Each kind of fact
has its rules in a module: ``gradings``, ``findings``, ``recommendations``, ``figures``, ``occasions``. ``reading`` has
all of them read a report. Nothing here touches the database.
"""
