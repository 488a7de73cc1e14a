"""Addresses of inspections and of everything that they said."""

from django.urls import path

from inspections.amending import pages as amending
from inspections.closure.pages import Closure, Topics
from inspections.consistency.pages import ConsistencyPage
from inspections.entering.pages import FigureNew, FindingNew, GradesNew, InspectionNew, RecommendationNew
from inspections.escalation.pages import RungList, RungNew, RungsOfBody
from inspections.evidence.pages import EvidenceDownload
from inspections.figures.pages import FigureList, FigurePage
from inspections.findings.pages import FindingList, FindingPage
from inspections.following.pages import RequirementBoard, RequirementList
from inspections.gradings.pages import GradingList, GradingPage
from inspections.packs.pages import PackPage
from inspections.positions.pages import BesideList, PositionNew
from inspections.programmes.pages import InspectionList, InspectionPage
from inspections.reader.answers.pages import AnswersConfirm, ResponseRead
from inspections.reader.desk import pages as reports
from inspections.reader.editions.pages import EditionNew
from inspections.reader.review import pages as review
from inspections.recommendations.pages import RecommendationList
from inspections.repeats.pages import Problem, RevisitNew
from inspections.requirements.pages import DeadlinePage, OutcomePage, RequirementPage
from inspections.responses.pages import ResponseEdit, ResponseList, ResponsePage
from inspections.sources.pages import SourceList, SourcePage
from inspections.work.pages import (
    AnswerCheck,
    CheckPage,
    InspectionPlan,
    NoteEdit,
    NoteNew,
    TeamPage,
    ToCheckList,
    UnderWay,
    WorkPage,
)
from soc_tracker.core.reports import files_of

app_name = "inspections"
urlpatterns = [
    path("inspections/", InspectionList.as_view(), name="inspection_list"),
    path("inspections/new/", InspectionNew.as_view(), name="inspection_new"),
    path("inspections/reports/", reports.ReportNew.as_view(), name="report_new"),
    path("inspections/reports/<uuid:token>/", reports.ReportPage.as_view(), name="report"),
    path(
        "inspections/reports/<uuid:token>/give-up/", reports.ReportStep.as_view(step="give_up"), name="report_give_up"
    ),
    path(
        "inspections/reports/<uuid:token>/start-again/",
        reports.ReportStep.as_view(step="start_again"),
        name="report_start_again",
    ),
    path("inspections/reports/<uuid:token>/draft/", reports.DraftNew.as_view(), name="report_begin"),
    path("inspections/reports/<uuid:token>/answers/", AnswersConfirm.as_view(), name="answers"),
    path("responses/<int:pk>/read/", ResponseRead.as_view(), name="response_read"),
    path("inspections/reports/<uuid:token>/edition/", EditionNew.as_view(), name="report_edition"),
    path("inspections/reports/<uuid:token>/review/", review.Review.as_view(), name="report_review"),
    path("inspections/reports/<uuid:token>/certain/", review.AcceptCertain.as_view(), name="report_certain"),
    path("inspections/reports/<uuid:token>/whole/", review.HoldWhole.as_view(), name="report_whole"),
    path("inspections/reports/<uuid:token>/review/<int:number>/", review.ProposalPage.as_view(), name="proposal"),
    path("inspections/under-way/", UnderWay.as_view(), name="under_way"),
    path("inspections/plan/", InspectionPlan.as_view(), name="inspection_plan"),
    path("inspections/to-check/", ToCheckList.as_view(), name="to_check"),
    path("inspections/<slug:slug>/work/", WorkPage.as_view(), name="work"),
    path("inspections/<slug:slug>/team/", TeamPage.as_view(), name="team"),
    path("inspections/<slug:slug>/notes/new/", NoteNew.as_view(), name="note_new"),
    path("inspections/<slug:slug>/notes/<int:pk>/", NoteEdit.as_view(), name="note_edit"),
    path("inspections/<slug:slug>/checks/<int:pk>/", AnswerCheck.as_view(), name="check_answer"),
    path("inspections/<slug:slug>/check/<slug:body>/", CheckPage.as_view(), name="check"),
    path("inspections/<slug:slug>/consistency/", ConsistencyPage.as_view(), name="consistency"),
    *files_of("inspections/<slug:slug>/consistency/<str:report>", ConsistencyPage, name="consistency_file"),
    path("inspections/<slug:slug>/grades/new/", GradesNew.as_view(), name="grades_new"),
    path("inspections/<slug:slug>/findings/new/", FindingNew.as_view(), name="finding_new"),
    path("inspections/<slug:slug>/figures/new/", FigureNew.as_view(), name="figure_new"),
    path("inspections/<slug:slug>/", InspectionPage.as_view(), name="inspection"),
    path("gradings/", GradingList.as_view(), name="grading_list"),
    path("gradings/<int:pk>/edit/", amending.GradingEdit.as_view(), name="grading_edit"),
    path("gradings/<int:pk>/remove/", amending.GradingRemove.as_view(), name="grading_remove"),
    path("gradings/<int:pk>/", GradingPage.as_view(), name="grading"),
    path("findings/", FindingList.as_view(), name="finding_list"),
    path("findings/<slug:slug>/edit/", amending.FindingEdit.as_view(), name="finding_edit"),
    path("findings/<slug:slug>/remove/", amending.FindingRemove.as_view(), name="finding_remove"),
    path("findings/<slug:slug>/recommendations/new/", RecommendationNew.as_view(), name="recommendation_new"),
    path("findings/<slug:slug>/problem/", Problem.as_view(), name="problem"),
    path("findings/<slug:slug>/problem/new/", RevisitNew.as_view(), name="revisit_new"),
    path("findings/<slug:slug>/", FindingPage.as_view(), name="finding"),
    path("recommendations/", RecommendationList.as_view(), name="recommendation_list"),
    path("must-change/", RequirementList.as_view(), name="requirement_list"),
    path("must-change/board/", RequirementBoard.as_view(), name="requirement_board"),
    path("must-change/pack/", PackPage.as_view(), name="pack"),
    path("must-change/pack.pdf", PackPage.as_view(whole="pdf"), name="pack_pdf"),
    path("must-change/pack.xlsx", PackPage.as_view(whole="xlsx"), name="pack_xlsx"),
    *files_of("must-change/pack/<str:report>", PackPage, name="pack_file"),
    path("must-change/time/", Closure.as_view(), name="closure"),
    *files_of("must-change/time/<str:report>", Closure, name="closure_file"),
    path("must-change/topics/", Topics.as_view(), name="topics"),
    *files_of("must-change/topics/<str:report>", Topics, name="topics_file"),
    path("own-record/", BesideList.as_view(), name="beside_list"),
    path("own-record/<int:pk>/new/", PositionNew.as_view(), name="position_new"),
    path("responses/", ResponseList.as_view(), name="response_list"),
    path("responses/<int:pk>/", ResponsePage.as_view(), name="response"),
    path("responses/<int:pk>/edit/", ResponseEdit.as_view(), name="response_edit"),
    path("escalation/", RungList.as_view(), name="rung_list"),
    path("escalation/<slug:slug>/", RungsOfBody.as_view(), name="rungs_of_body"),
    *files_of("escalation/<slug:slug>/<str:report>", RungsOfBody, name="rungs_of_body_file"),
    path("escalation/<slug:slug>/new/", RungNew.as_view(), name="rung_new"),
    path("recommendations/<int:pk>/edit/", amending.RecommendationEdit.as_view(), name="recommendation_edit"),
    path("recommendations/<int:pk>/remove/", amending.RecommendationRemove.as_view(), name="recommendation_remove"),
    path("recommendations/<int:pk>/", RequirementPage.as_view(), name="recommendation"),
    path("findings/<slug:slug>/following/", RequirementPage.as_view(), name="finding_followed"),
    path("requirements/<int:pk>/date/", DeadlinePage.as_view(), name="requirement_date"),
    path("requirements/<int:pk>/outcome/", OutcomePage.as_view(), name="requirement_outcome"),
    path("evidence/<int:pk>/", EvidenceDownload.as_view(), name="evidence_download"),
    path("figures/", FigureList.as_view(), name="figure_list"),
    path("figures/<slug:slug>/edit/", amending.FigureEdit.as_view(), name="figure_edit"),
    path("figures/<slug:slug>/remove/", amending.FigureRemove.as_view(), name="figure_remove"),
    path("figures/<slug:slug>/", FigurePage.as_view(), name="figure"),
    path("sources/", SourceList.as_view(), name="source_list"),
    path("sources/<slug:slug>/", SourcePage.as_view(), name="source"),
]
