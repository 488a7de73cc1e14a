"""The admin of 4P plans and of what belongs around them, in the order in which its front page shows them."""

from django.contrib import admin

from plans4p import models
from plans4p.admin.officers import OfficerAdmin
from plans4p.admin.orders import OrderAdmin
from plans4p.admin.partners import PartnerAdmin
from plans4p.admin.plans import ActionAdmin, PlanAdmin
from plans4p.admin.sites import SiteAdmin
from plans4p.admin.tactics import TacticAdmin

admin.site.register(models.Plan, PlanAdmin)
admin.site.register(models.Action, ActionAdmin)
admin.site.register(models.LeadOfficer, OfficerAdmin)
admin.site.register(models.Partner, PartnerAdmin)
admin.site.register(models.AncillaryOrder, OrderAdmin)
admin.site.register(models.Site, SiteAdmin)
admin.site.register(models.Tactic, TacticAdmin)
