"""Permissions: administrators may do everything to every record; rules finds this module when the site starts.

What other roles may see is said by each queryset's ``visible_to``.
"""

from itertools import product

import rules
from django.apps import apps

from soc_tracker.roles import is_administrator

ACTIONS = ("view", "add", "change", "delete")

for app in apps.get_app_configs():
    rules.add_perm(app.label, is_administrator)
for action, model in product(ACTIONS, apps.get_models()):
    rules.add_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}", is_administrator)
