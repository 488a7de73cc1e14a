"""Permissions: administrators may do everything to every record; rules finds this module when the site starts.

What other roles may do is said in each app's own ``rules``. Every permission to read is that of any of the roles,
and of nobody without one; which rows of what they read somebody may see is said by each queryset's ``visible_to``.
"""

from itertools import product

import rules
from django.apps import apps

from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import has_any_role, is_administrator, reads_trail

ACTIONS = ("view", "add", "change", "delete")

for app in apps.get_app_configs():
    rules.add_perm(app.label, is_administrator)
for action, model in product(ACTIONS, apps.get_models()):
    rules.add_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}", is_administrator)

allow("soc_tracker.read", has_any_role, "Open the home page, the search, Methods and the API")
allow(
    "soc_tracker.administer",
    is_administrator,
    "Enter the administration: accounts, roles and reaches, reference data, every record and its history",
)
allow("trail.read_trail", reads_trail, "Read the trail: what was done here, by whom, when and why")
