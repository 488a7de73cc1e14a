"""Addresses of threats, disruptions and extracts."""

from django.urls import path

from disruptions.citations.pages import CitationList, CitationPage
from disruptions.crosstab.pages import CrossTablePage
from disruptions.delays.pages import DelaysPage
from disruptions.extracts import pages as extracts_pages
from disruptions.quality.pages import QualityPage
from disruptions.record import pages as record_pages
from disruptions.record.pages import DisruptionPage
from disruptions.record_list import pages as record_list_pages
from disruptions.record_list.pages import DisruptionList
from disruptions.saved_views import pages as saved_views_pages
from disruptions.threat_page import pages as threat_page_pages
from disruptions.threats import pages as threats_pages
from disruptions.undo.pages import PutBackPage, UndoPage, WithdrawMissingPage
from soc_tracker.core.reports import files_of

app_name = "disruptions"
urlpatterns = [
    path("disruptions/", DisruptionList.as_view(), name="disruption_list"),
    path("disruptions/charts/", record_list_pages.DisruptionCharts.as_view(), name="disruption_charts"),
    *files_of("disruptions/charts/<slug:report>", record_list_pages.DisruptionCharts, name="disruption_chart_csv"),
    path("disruptions/cross-table/", CrossTablePage.as_view(), name="cross_table"),
    *files_of("disruptions/cross-table/<slug:report>", CrossTablePage, name="cross_table_file"),
    path("disruptions/delays/", DelaysPage.as_view(), name="delays"),
    *files_of("disruptions/delays/<slug:report>", DelaysPage, name="delays_file"),
    path("disruptions/<path:reference>/", DisruptionPage.as_view(), name="disruption"),
    path("views/", saved_views_pages.SavedViewList.as_view(), name="saved_view_list"),
    path("views/new/", saved_views_pages.saved_view_new, name="saved_view_new"),
    path("views/<int:pk>/", saved_views_pages.saved_view, name="saved_view"),
    path("views/<int:pk>/edit/", saved_views_pages.saved_view_edit, name="saved_view_edit"),
    path("views/<int:pk>/delete/", saved_views_pages.saved_view_delete, name="saved_view_delete"),
    path("citations/", CitationList.as_view(), name="citation_list"),
    path("citations/<slug:code>/", CitationPage.as_view(), name="citation"),
    path("threats/", threats_pages.ThreatList.as_view(), name="threat_list"),
    path("threats/priorities/", threats_pages.PriorityList.as_view(), name="priority_list"),
    *files_of("threats/<path:reference>/charts/<slug:report>", threat_page_pages.ThreatPage, name="threat_chart_csv"),
    path("threats/<path:reference>/", threat_page_pages.ThreatPage.as_view(), name="threat"),
    path("lookups/<slug:what>/", record_pages.lookup, name="lookup"),
    path("data-quality/", QualityPage.as_view(), name="data_quality"),
    path("extracts/", extracts_pages.ExtractList.as_view(), name="extract_list"),
    path("extracts/<int:pk>/undo/", UndoPage.as_view(), name="extract_undo"),
    path("extracts/<int:pk>/", extracts_pages.ExtractPage.as_view(), name="extract"),
    path(
        "extracts/<int:pk>/added.csv", extracts_pages.ExtractFile.as_view(), {"report": "added"}, name="extract_added"
    ),
    path(
        "extracts/<int:pk>/changed.csv",
        extracts_pages.ExtractFile.as_view(),
        {"report": "changed"},
        name="extract_changed",
    ),
    path(
        "extracts/<int:pk>/missing.csv",
        extracts_pages.ExtractFile.as_view(),
        {"report": "missing"},
        name="extract_missing",
    ),
    path(
        "extracts/<int:pk>/alike.csv", extracts_pages.ExtractFile.as_view(), {"report": "alike"}, name="extract_alike"
    ),
    path("extracts/<int:pk>/withdraw-missing/", WithdrawMissingPage.as_view(), name="extract_withdraw"),
    path("extracts/<int:pk>/put-back/", PutBackPage.as_view(), name="extract_put_back"),
    path("extracts/upload/", extracts_pages.UploadNew.as_view(), name="upload_new"),
    path(
        "extracts/template/<slug:contents>.<slug:form>",
        extracts_pages.UploadTemplate.as_view(),
        name="upload_template",
    ),
    path("uploads/<uuid:token>/", extracts_pages.UploadPage.as_view(), name="upload"),
    path("uploads/<uuid:token>/refused/", extracts_pages.UploadErrors.as_view(), name="upload_errors"),
    path("uploads/<uuid:token>/mended/", extracts_pages.UploadMended.as_view(), name="upload_mend"),
    path("uploads/<uuid:token>/accept/", extracts_pages.UploadStep.as_view(step="accept"), name="upload_accept"),
    path("uploads/<uuid:token>/answer/", extracts_pages.UploadStep.as_view(step="answer"), name="upload_answer"),
    path("uploads/<uuid:token>/give-up/", extracts_pages.UploadStep.as_view(step="give_up"), name="upload_give_up"),
    path(
        "uploads/<uuid:token>/start-again/",
        extracts_pages.UploadStep.as_view(step="start_again"),
        name="upload_start_again",
    ),
]
