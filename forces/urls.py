"""Addresses of the lists; a region, force or ROCU has its own page in the dashboards, for it joins several apps."""

from django.urls import path

from forces.pages import ForceList, OtherList, RegionList, RocuList

app_name = "forces"
urlpatterns = [
    path("regions/", RegionList.as_view(), name="region_list"),
    path("forces/", ForceList.as_view(), name="force_list"),
    path("rocus/", RocuList.as_view(), name="rocu_list"),
    path("bodies/", OtherList.as_view(), name="other_list"),
]
