"""Addresses of files of facts."""

from django.urls import path

from soc_tracker.reference import pages

app_name = "reference"
urlpatterns = [
    path("", pages.FactFileNew.as_view(), name="file_new"),
    path("template/", pages.Template.as_view(), name="workbook"),
    path("template/<slug:kind>/", pages.Template.as_view(), name="template"),
    path("<uuid:token>/", pages.FactFilePage.as_view(), name="file"),
    path("<uuid:token>/refused/", pages.FactFileErrors.as_view(), name="file_errors"),
    path("<uuid:token>/accept/", pages.FactFileStep.as_view(step="accept"), name="file_accept"),
    path("<uuid:token>/answer/", pages.FactFileStep.as_view(step="answer"), name="file_answer"),
    path("<uuid:token>/give-up/", pages.FactFileStep.as_view(step="give_up"), name="file_give_up"),
    path("<uuid:token>/start-again/", pages.FactFileStep.as_view(step="start_again"), name="file_start_again"),
]
