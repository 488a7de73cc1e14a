"""Addresses of inspections and of everything that they said."""

from django.urls import path

from inspections.views import details, lists
from inspections.views.recommendations import RecommendationPage

app_name = "inspections"
urlpatterns = [
    path("inspections/", lists.InspectionList.as_view(), name="inspection_list"),
    path("inspections/<slug:slug>/", details.InspectionPage.as_view(), name="inspection"),
    path("gradings/", lists.GradingList.as_view(), name="grading_list"),
    path("gradings/<int:pk>/", details.GradingPage.as_view(), name="grading"),
    path("findings/", lists.FindingList.as_view(), name="finding_list"),
    path("findings/<slug:slug>/", details.FindingPage.as_view(), name="finding"),
    path("recommendations/", lists.RecommendationList.as_view(), name="recommendation_list"),
    path("recommendations/<int:pk>/", RecommendationPage.as_view(), name="recommendation"),
    path("figures/", lists.FigureList.as_view(), name="figure_list"),
    path("figures/<slug:slug>/", details.FigurePage.as_view(), name="figure"),
    path("sources/", lists.SourceList.as_view(), name="source_list"),
    path("sources/<slug:slug>/", details.SourcePage.as_view(), name="source"),
]
