"""Demo records, all made up and marked illustrative, from the files of ``fixtures/demo/``.

``extracts`` makes up threats and disruptions as the national database would give them on two days: as many for each
body as ``threats.csv`` and ``disruptions.csv`` say, which agree with every published figure, in the words of
``words.csv``. The same files give the same bytes, and are loaded as any other extract.

``plans`` loads 4P plans, with the officers, partners, orders and sites around them: by the importer of plan files and
the services, from files that people could have written.
"""
