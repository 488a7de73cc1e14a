from django.urls import path

from bench.floor.views import disruption_list
from soc_tracker.core.health import healthz

urlpatterns = [path("floor/", disruption_list), path("healthz", healthz)]
