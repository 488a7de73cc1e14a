"""The admin of threats and disruptions, in the order in which its front page shows them."""

from django.contrib import admin

from disruptions.extracts import models as extracts_models
from disruptions.extracts.admin import CrimeTypeAdmin, ExtractAdmin, SavedViewAdmin
from disruptions.record import models as record_models
from disruptions.record.admin import DisruptionAdmin
from disruptions.saved_views import models as saved_views_models
from disruptions.threats import models as threats_models
from disruptions.threats.admin import ThreatAdmin

admin.site.register(threats_models.Threat, ThreatAdmin)
admin.site.register(record_models.Disruption, DisruptionAdmin)
admin.site.register(extracts_models.Extract, ExtractAdmin)
admin.site.register(threats_models.CrimeType, CrimeTypeAdmin)
admin.site.register(saved_views_models.SavedView, SavedViewAdmin)
