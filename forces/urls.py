"""Addresses of the lists; a region, force or ROCU has its own page in the dashboards, for it joins several apps."""

from django.urls import path

from forces import views

app_name = "forces"
urlpatterns = [
    path("regions/", views.RegionList.as_view(), name="region_list"),
    path("forces/", views.ForceList.as_view(), name="force_list"),
    path("rocus/", views.RocuList.as_view(), name="rocu_list"),
    path("bodies/", views.OtherList.as_view(), name="other_list"),
]
