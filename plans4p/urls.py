"""Addresses of plans and of what belongs around them."""

from django.urls import path

from plans4p.views import (
    editing,
    gaps,
    imports,
    lookups,
    officers,
    on_a_page,
    orders,
    partners,
    plan_page,
    plan_steps,
    plans,
    reminders,
    sites,
)

app_name = "plans4p"
urlpatterns = [
    # Before the plans, whose references may be any text
    path("plans/parts/<slug:kind>/new/", editing.EditPage.as_view(), name="record_new"),
    path("plans/parts/<slug:kind>/new/<int:parent>/", editing.EditPage.as_view(), name="part_new"),
    path("plans/parts/<slug:kind>/<int:pk>/", editing.EditPage.as_view(), name="record_edit"),
    path("plans/parts/<slug:kind>/<int:pk>/remove/", editing.RemovePage.as_view(), name="record_remove"),
    path("plans/actions/<int:pk>/outcome/", editing.OutcomePage.as_view(), name="action_outcome"),
    path("plans/lookups/<slug:what>/", lookups.lookup, name="lookup"),
    path("plans/gaps/threats/", gaps.UnplannedList.as_view(), name="unplanned_list"),
    path("plans/gaps/disruptions/", gaps.UnforeseenList.as_view(), name="unforeseen_list"),
    path("plans/on-a-page/<slug:slug>/", on_a_page.OnAPage.as_view(), name="on_a_page"),
    path("plans/", plans.PlanList.as_view(), name="plan_list"),
    path("plans/mine/", plans.MyPlans.as_view(), name="my_plans"),
    path("plans/new/", plans.PlanForms.as_view(), name="plan_new"),
    path("plans/import/", imports.ImportNew.as_view(), name="import_new"),
    path("plans/import/<uuid:token>/", imports.ImportPage.as_view(), name="import"),
    path("plans/import/<uuid:token>/refused/", imports.ImportErrors.as_view(), name="import_errors"),
    path("plans/import/<uuid:token>/accept/", imports.ImportStep.as_view(step="accept"), name="import_accept"),
    path("plans/import/<uuid:token>/give-up/", imports.ImportStep.as_view(step="give_up"), name="import_give_up"),
    path(
        "plans/import/<uuid:token>/start-again/",
        imports.ImportStep.as_view(step="start_again"),
        name="import_start_again",
    ),
    path("plans/<str:reference>/", plan_page.PlanPage.as_view(), name="plan"),
    path("plans/<str:reference>/print/", plan_page.PlanPrint.as_view(), name="plan_print"),
    path("plans/<str:reference>/history/", plan_page.PlanHistory.as_view(), name="plan_history"),
    path("plans/<str:reference>/edit/", plans.PlanForms.as_view(), name="plan_edit"),
    path("plans/<str:reference>/links/", plan_page.PlanLinks.as_view(), name="plan_links"),
    path("plans/<str:reference>/steps/<slug:step>/", plan_steps.StepPage.as_view(), name="plan_step"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/calendar/new/", reminders.calendar_new, name="calendar_new"),
    path("reminders/calendar/stop/", reminders.calendar_stop, name="calendar_stop"),
    path("calendar/<uuid:key>.ics", reminders.calendar, name="calendar"),
    path("partners/", partners.PartnerList.as_view(), name="partner_list"),
    path("partners/<slug:slug>/", partners.PartnerPage.as_view(), name="partner"),
    path("orders/", orders.OrderList.as_view(), name="order_list"),
    path("orders/<path:reference>/", orders.OrderPage.as_view(), name="order"),
    path("lead-officers/", officers.OfficerList.as_view(), name="officer_list"),
    path("lead-officers/<int:pk>/", officers.OfficerPage.as_view(), name="officer"),
    path("clear-hold-build/", sites.SiteList.as_view(), name="site_list"),
    path("clear-hold-build/<slug:slug>/", sites.SitePage.as_view(), name="site"),
]
