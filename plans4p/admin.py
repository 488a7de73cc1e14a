"""The admin of 4P plans and of what belongs around them, in the order in which its front page shows them."""

from django.contrib import admin

from plans4p.aims import models as aims_models
from plans4p.aims.admin import TacticAdmin
from plans4p.officers import models as officers_models
from plans4p.officers.admin import OfficerAdmin
from plans4p.orders import models as orders_models
from plans4p.orders.admin import OrderAdmin
from plans4p.partners import models as partners_models
from plans4p.partners.admin import PartnerAdmin
from plans4p.plans import models as plans_models
from plans4p.plans.admin import ActionAdmin, PlanAdmin
from plans4p.sites import models as sites_models
from plans4p.sites.admin import SiteAdmin

admin.site.register(plans_models.Plan, PlanAdmin)
admin.site.register(aims_models.Action, ActionAdmin)
admin.site.register(officers_models.LeadOfficer, OfficerAdmin)
admin.site.register(partners_models.Partner, PartnerAdmin)
admin.site.register(orders_models.AncillaryOrder, OrderAdmin)
admin.site.register(sites_models.Site, SiteAdmin)
admin.site.register(aims_models.Tactic, TacticAdmin)
