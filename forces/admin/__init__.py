"""The admin of regions, organisations and their areas, in the order in which its front page shows them."""

from django.contrib import admin

from forces.admin.areas import LocalPolicingAreaAdmin, LocalProfileAdmin
from forces.admin.organisations import ForceAdmin, OrganisationAdmin, RocuAdmin
from forces.admin.places import AliasAdmin, MembershipAdmin, RegionAdmin, SuccessionAdmin
from forces.models import (
    Alias,
    Force,
    LocalPolicingArea,
    LocalProfile,
    Membership,
    Organisation,
    Region,
    Rocu,
    Succession,
)

admin.site.register(Force, ForceAdmin)
admin.site.register(Rocu, RocuAdmin)
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(Region, RegionAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(Succession, SuccessionAdmin)
admin.site.register(Alias, AliasAdmin)
admin.site.register(LocalPolicingArea, LocalPolicingAreaAdmin)
admin.site.register(LocalProfile, LocalProfileAdmin)
