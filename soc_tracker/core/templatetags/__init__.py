"""The building blocks of templates: ``{% load soc %}``."""
