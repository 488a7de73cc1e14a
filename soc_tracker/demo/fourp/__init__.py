"""Demo 4P plans and what stands around them, all made up, for the bodies of the region of the report.

``facts`` reads the counts that were published, ``network``, ``partners``, ``orders`` and ``sites``
say what there is beside the plans, ``plans`` which plans there are, the modules named after words how
they are worded. ``writing`` writes one plan as people would, through the services, and ``loading`` all of it,
marked illustrative; what is there already stays as it is.

The days are fixed, as those of the other demo records are: the demo plans look back and ahead from the day
of the last demo extract, when plans that are in date were in date. Seen on a later day, whatever was not
finished by then is overdue. ``manage.py load_demo_plans --today`` looks ahead from another day.
"""
