"""A request runs through few files, so that whoever asks what happens on a page reads it in a few places."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.choices import DataKind, ExtractContents
from disruptions.loading.imports import Loading, load
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading import extracts

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
CODE = tuple(f"{ROOT / name}/" for name in ("soc_tracker", "forces", "inspections", "disruptions", "plans4p"))


def files_of(act: Callable[[], Any]) -> set[str]:
    """The project's files in which a function was called while something was done."""
    names: set[str] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            names.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return {name.removeprefix(f"{ROOT}/") for name in names if name.startswith(CODE)}


def files_of_page(client: Client, url: str) -> set[str]:
    """Those of one request, made after another that filled what a server fills once."""
    assert client.get(url).status_code == 200
    return files_of(lambda: client.get(url))


def test_overview_of_a_body(reference, inspector):
    """Beside what guards every request, whatever it asks for."""
    guards = files_of_page(inspector, reverse("healthz"))
    files = files_of_page(inspector, reverse("force", kwargs={"slug": "cheshire"})) - guards
    assert len(files) <= 40, "\n".join(sorted(files))


def test_filtered_list(reference, inspector):
    """Beside what every page runs through: the access, the header, the tags of templates."""
    frame = files_of_page(inspector, reverse("methods"))
    files = files_of_page(inspector, reverse("disruptions:disruption_list") + "?four_p=pursue")
    assert len(files - frame) <= 20, "\n".join(sorted(files - frame))


def test_check_of_one_row_of_an_extract(tmp_path):
    extracts.make_bodies()
    path = extracts.write(tmp_path / "extract.csv", [extracts.disruption()])
    loading = Loading(ExtractContents.DISRUPTIONS, path, path.name, DataKind.RECORDED)
    files = files_of(lambda: load(loading, Decision.CHECK))
    assert len(files) <= 20, "\n".join(sorted(files))
