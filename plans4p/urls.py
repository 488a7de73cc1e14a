"""Addresses of plans and of what belongs around them."""

from django.urls import path

from plans4p.directory import pages as directory_pages
from plans4p.due import pages as due_pages
from plans4p.editing import pages as editing_pages
from plans4p.files import pages as files_pages
from plans4p.gaps import pages as gaps_pages
from plans4p.officers import pages as officers_pages
from plans4p.on_a_page import pages as on_a_page_pages
from plans4p.orders import pages as orders_pages
from plans4p.partners import pages as partners_pages
from plans4p.plan_page import pages as plan_page_pages
from plans4p.plans import pages as plans_pages
from plans4p.reminders import pages as reminders_pages
from plans4p.sites import pages as sites_pages
from plans4p.steps import pages as steps_pages

app_name = "plans4p"
urlpatterns = [
    # Pages of the record, at their own addresses, with the plans
    path("threats/priorities/", plans_pages.PlannedPriorityList.as_view(), name="priority_list"),
    path("threats/<path:reference>/", plans_pages.PlannedThreatPage.as_view(), name="threat"),
    # Before the plans, whose references may be any text
    path("plans/parts/<slug:kind>/new/", editing_pages.EditPage.as_view(), name="record_new"),
    path("plans/parts/<slug:kind>/new/<int:parent>/", editing_pages.EditPage.as_view(), name="part_new"),
    path("plans/parts/<slug:kind>/<int:pk>/", editing_pages.EditPage.as_view(), name="record_edit"),
    path("plans/parts/<slug:kind>/<int:pk>/remove/", editing_pages.RemovePage.as_view(), name="record_remove"),
    path("plans/actions/<int:pk>/outcome/", editing_pages.OutcomePage.as_view(), name="action_outcome"),
    path("plans/lookups/<slug:what>/", directory_pages.lookup, name="lookup"),
    path("plans/gaps/threats/", gaps_pages.UnplannedList.as_view(), name="unplanned_list"),
    path("plans/gaps/disruptions/", gaps_pages.UnforeseenList.as_view(), name="unforeseen_list"),
    path("plans/on-a-page/<slug:slug>/", on_a_page_pages.OnAPage.as_view(), name="on_a_page"),
    path("plans/", plans_pages.PlanList.as_view(), name="plan_list"),
    path("plans/mine/", due_pages.MyPlans.as_view(), name="my_plans"),
    path("plans/new/", plans_pages.PlanForms.as_view(), name="plan_new"),
    path("plans/import/", files_pages.ImportNew.as_view(), name="import_new"),
    path("plans/import/<uuid:token>/", files_pages.ImportPage.as_view(), name="import"),
    path("plans/import/<uuid:token>/refused/", files_pages.ImportErrors.as_view(), name="import_errors"),
    path("plans/import/<uuid:token>/accept/", files_pages.ImportStep.as_view(step="accept"), name="import_accept"),
    path("plans/import/<uuid:token>/answer/", files_pages.ImportStep.as_view(step="answer"), name="import_answer"),
    path("plans/import/<uuid:token>/give-up/", files_pages.ImportStep.as_view(step="give_up"), name="import_give_up"),
    path(
        "plans/import/<uuid:token>/start-again/",
        files_pages.ImportStep.as_view(step="start_again"),
        name="import_start_again",
    ),
    path("plans/<str:reference>/", plan_page_pages.PlanPage.as_view(), name="plan"),
    path("plans/<str:reference>/print/", plan_page_pages.PlanPrint.as_view(), name="plan_print"),
    path("plans/<str:reference>/history/", plan_page_pages.PlanHistory.as_view(), name="plan_history"),
    path("plans/<str:reference>/edit/", plans_pages.PlanForms.as_view(), name="plan_edit"),
    path("plans/<str:reference>/around/", plan_page_pages.PlanAround.as_view(), name="plan_around"),
    path("plans/<str:reference>/links/", plan_page_pages.PlanLinks.as_view(), name="plan_links"),
    path("plans/<str:reference>/steps/<slug:step>/", steps_pages.StepPage.as_view(), name="plan_step"),
    path("reminders/", reminders_pages.reminders, name="reminders"),
    path("reminders/calendar/new/", reminders_pages.calendar_new, name="calendar_new"),
    path("reminders/calendar/stop/", reminders_pages.calendar_stop, name="calendar_stop"),
    path("calendar/<uuid:key>.ics", reminders_pages.calendar, name="calendar"),
    path("partners/", partners_pages.PartnerList.as_view(), name="partner_list"),
    path("partners/<slug:slug>/", partners_pages.PartnerPage.as_view(), name="partner"),
    path("orders/", orders_pages.OrderList.as_view(), name="order_list"),
    path("orders/<path:reference>/", orders_pages.OrderPage.as_view(), name="order"),
    path("lead-officers/", officers_pages.OfficerList.as_view(), name="officer_list"),
    path("lead-officers/<int:pk>/", officers_pages.OfficerPage.as_view(), name="officer"),
    path("clear-hold-build/", sites_pages.SiteList.as_view(), name="site_list"),
    path("clear-hold-build/<slug:slug>/", sites_pages.SitePage.as_view(), name="site"),
]
