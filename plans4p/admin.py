"""The admin of 4P plans and of what belongs around them, in the order in which its front page shows them."""

from django.contrib import admin

from plans4p.aims.models import Action, Tactic
from plans4p.directory.admin import OfficerAdmin, OrderAdmin, PartnerAdmin, SiteAdmin
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.admin import ActionAdmin, PlanAdmin, TacticAdmin
from plans4p.plans.models import Plan
from plans4p.sites.models import Site

admin.site.register(Plan, PlanAdmin)
admin.site.register(Action, ActionAdmin)
admin.site.register(LeadOfficer, OfficerAdmin)
admin.site.register(Partner, PartnerAdmin)
admin.site.register(AncillaryOrder, OrderAdmin)
admin.site.register(Site, SiteAdmin)
admin.site.register(Tactic, TacticAdmin)
