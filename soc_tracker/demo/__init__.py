"""Demo records: made-up threats and disruptions that agree with every published figure about them.

``published`` and ``bodies`` read the fixtures, ``plans`` sets what each body has,
``threats`` and ``disruptions`` make the rows, ``extracts`` writes them as files of two
days, which ``manage.py load_demo_records`` loads as any other extract, marked illustrative.
The same seed gives the same bytes.

``fourp`` makes the 4P plans of some of the threats, and what stands around them.
"""
