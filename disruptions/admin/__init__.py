"""The admin of threats and disruptions, in the order in which its front page shows them."""

from django.contrib import admin

from disruptions import models
from disruptions.admin.disruptions import DisruptionAdmin
from disruptions.admin.lists import CrimeTypeAdmin, ExtractAdmin, SavedViewAdmin
from disruptions.admin.threats import ThreatAdmin

admin.site.register(models.Threat, ThreatAdmin)
admin.site.register(models.Disruption, DisruptionAdmin)
admin.site.register(models.Extract, ExtractAdmin)
admin.site.register(models.CrimeType, CrimeTypeAdmin)
admin.site.register(models.SavedView, SavedViewAdmin)
