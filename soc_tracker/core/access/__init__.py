"""Who may do what. ``roles`` has a line for each role; ``permissions`` asks each view for the one that it needs.

A view says ``permission = "plans4p.read_plan"`` (and ``write_permission`` where its form needs another), a function
``@needs("plans4p.read_plan")``; one that says nothing is open to nobody. What a permission takes is said in the
``rules`` of the app that has it. Which rows somebody sees is said by each queryset's ``visible_to``.
"""
