"""A response is uploaded and read, its passages are matched with what the report asks, and a person confirms them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forces.models import Organisation
from inspections.reader.desk.models import ProposedFact, ReportBlock, ReportFile
from inspections.responses.models import Answer, Response
from inspections.responses.queries import list_replies
from inspections.sources.models import SourceDocument
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.answers import read
from tests.forms import press
from tests.inspections.reader.reports import LETTER, work

pytestmark = pytest.mark.django_db
OWN = {"document_title": "Response of the commissioner", "document_kind": "response", "document_licence": "ogl"}


@pytest.fixture
def response(reference: None) -> Response:
    """That on the force with a cause of concern and four recommendations."""
    force = Organisation.objects.get(slug="north-wales")
    return Response.objects.for_list().get(organisation=force, inspection__slug="north-west-soc-2022-23")


@pytest.fixture
def uploaded(response: Response, inspector: Client) -> ReportFile:
    page = inspector.get(reverse("inspections:response_read", args=[response.pk]))
    press(inspector, page, "Upload and read", file=SimpleUploadedFile("letter.txt", LETTER.encode()))
    work()
    return ReportFile.objects.get()


def confirm(inspector: Client, uploaded: ReportFile, **own: str):
    page = inspector.get(uploaded.get_absolute_url(), follow=True)
    more = OWN | {"published_on": "2024-01-03", "locator": "The whole letter"} | own
    return press(inspector, page, "Save the response", **more)


def key_of(response: Response, number: int) -> int:
    user = demo_account(Role.INSPECTOR)
    [key] = [each.requirement.pk for each in list_replies(user, response) if each.requirement.number == number]
    return key


def test_each_answer_stands_beside_its_passage_with_why(uploaded: ReportFile, inspector: Client) -> None:
    page = read(inspector.get(uploaded.get_absolute_url(), follow=True)).content.decode()
    assert page.count("It names “Recommendations 1 and 3”.") == 2
    assert "It is number 2 of a list under “Recommendations”." in page
    assert "No passage was matched with it." in page
    assert "I thank the inspectors" in page  # among what was matched with nothing


def test_title_and_day_are_those_of_the_head_of_the_letter(uploaded: ReportFile, inspector: Client) -> None:
    form = inspector.get(uploaded.get_absolute_url(), follow=True).context["form"]
    assert form["document_title"].value() == "Response of the commissioner to the inspection"
    assert form["published_on"].value() == date(2024, 1, 3)


def test_what_is_confirmed_goes_on_record_and_nothing_stays_of_the_letter(
    uploaded: ReportFile, response: Response, inspector: Client
) -> None:
    one, two, three, four = (key_of(response, number) for number in (1, 2, 3, 4))
    own = {f"of{one}_text": "All are to be briefed.", f"of{three}_text": "Roles are looked at anew."}
    answer = confirm(inspector, uploaded, **own, **{f"of{two}_text": "The force calls its analysts enough."})
    assert answer.url == response.get_absolute_url()
    response.refresh_from_db()
    said = {each.requirement_id: (each.kind, each.acceptance) for each in Answer.objects.filter(response=response)}
    assert said == {one: ("action", "accepted"), two: ("no_action", "rejected"), three: ("action", "accepted")}
    words = {each.requirement.pk: each.words for each in list_replies(demo_account(Role.INSPECTOR), response)}
    assert words[four] == "Silent: says nothing of it"
    assert (response.published_on, response.source.title) == (date(2024, 1, 3), OWN["document_title"])
    uploaded.refresh_from_db()
    assert (uploaded.stage, uploaded.file.name) == (UploadStage.LOADED, "")
    assert not ReportBlock.objects.exists()
    assert not ProposedFact.objects.exists()
    assert inspector.get(uploaded.get_absolute_url()).url == response.get_absolute_url()


def test_what_copies_the_letter_is_refused_and_nothing_is_stored(
    uploaded: ReportFile, response: Response, inspector: Client
) -> None:
    one, two, three = (key_of(response, number) for number in (1, 2, 3))
    copied = "Here the force is doing what they ask of it with all the means that it has."
    own = {f"of{one}_text": copied, f"of{two}_text": "Enough.", f"of{three}_text": "Looked at anew."}
    answer = confirm(inspector, uploaded, **own)
    page = read(answer).content.decode()
    assert answer.status_code == 400
    assert "Say it in your own words" in page
    assert copied in page
    assert not Answer.objects.filter(response=response).exists()
    assert not SourceDocument.objects.filter(title=OWN["document_title"]).exists()


def test_an_answer_without_words_and_a_response_without_its_document_are_asked_for(
    uploaded: ReportFile, inspector: Client
) -> None:
    answer = confirm(inspector, uploaded, document_title="")
    page = read(answer).content.decode()
    assert answer.status_code == 400
    assert "Say what will be done, or why nothing will." in page
    assert "give the title of a new one" in page


def test_only_its_sender_sees_what_was_uploaded(uploaded: ReportFile, administrator: Client) -> None:
    assert administrator.get(uploaded.get_absolute_url()).status_code == 404
    assert administrator.get(reverse("inspections:answers", args=[uploaded.token])).status_code == 404


def test_an_officer_of_the_force_is_not_offered_it(response: Response, sign_in) -> None:
    officer = sign_in(Role.LEAD_RESPONSIBLE_OFFICER)
    assert "read from its document" not in read(officer.get(response.get_absolute_url())).content.decode()
    assert officer.get(reverse("inspections:response_read", args=[response.pk])).status_code == 403
