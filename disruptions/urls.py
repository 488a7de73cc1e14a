"""Addresses of threats, disruptions and extracts."""

from django.urls import path

from disruptions.views import disruption_charts, extracts, lookups, saved_views, threat_page, threats, uploads
from disruptions.views.data_quality import data_quality
from disruptions.views.disruption_page import DisruptionPage
from disruptions.views.disruptions import DisruptionList

app_name = "disruptions"
urlpatterns = [
    path("disruptions/", DisruptionList.as_view(), name="disruption_list"),
    path("disruptions/charts/", disruption_charts.DisruptionCharts.as_view(), name="disruption_charts"),
    path(
        "disruptions/charts/<slug:chart>.csv",
        disruption_charts.DisruptionChartCsv.as_view(),
        name="disruption_chart_csv",
    ),
    path("disruptions/<path:reference>/", DisruptionPage.as_view(), name="disruption"),
    path("views/", saved_views.SavedViewList.as_view(), name="saved_view_list"),
    path("views/new/", saved_views.saved_view_new, name="saved_view_new"),
    path("views/<int:pk>/", saved_views.saved_view, name="saved_view"),
    path("views/<int:pk>/edit/", saved_views.saved_view_edit, name="saved_view_edit"),
    path("views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved_view_delete"),
    path("threats/", threats.ThreatList.as_view(), name="threat_list"),
    path("threats/priorities/", threats.PriorityList.as_view(), name="priority_list"),
    path(
        "threats/<path:reference>/charts/<slug:chart>.csv",
        threat_page.ThreatChartCsv.as_view(),
        name="threat_chart_csv",
    ),
    path("threats/<path:reference>/", threat_page.ThreatPage.as_view(), name="threat"),
    path("lookups/<slug:what>/", lookups.lookup, name="lookup"),
    path("data-quality/", data_quality, name="data_quality"),
    path("extracts/", extracts.ExtractList.as_view(), name="extract_list"),
    path("extracts/<int:pk>/", extracts.ExtractPage.as_view(), name="extract"),
    path("extracts/<int:pk>/added.csv", extracts.ExtractAdded.as_view(), name="extract_added"),
    path("extracts/<int:pk>/changed.csv", extracts.ExtractChanged.as_view(), name="extract_changed"),
    path("extracts/upload/", uploads.UploadNew.as_view(), name="upload_new"),
    path("uploads/<uuid:token>/", uploads.UploadPage.as_view(), name="upload"),
    path("uploads/<uuid:token>/refused/", uploads.UploadErrors.as_view(), name="upload_errors"),
    path("uploads/<uuid:token>/accept/", uploads.UploadStep.as_view(step="accept"), name="upload_accept"),
    path("uploads/<uuid:token>/give-up/", uploads.UploadStep.as_view(step="give_up"), name="upload_give_up"),
    path(
        "uploads/<uuid:token>/start-again/",
        uploads.UploadStep.as_view(step="start_again"),
        name="upload_start_again",
    ),
]
