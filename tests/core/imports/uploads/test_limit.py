"""Uploads are read to their end, and kept no further than the limit."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.files import UploadLimit

CHUNK = 64 * 1024


@pytest.fixture
def limit(monkeypatch) -> int:
    monkeypatch.setattr(files, "MOST_BYTES", 3 * CHUNK)
    return 3 * CHUNK


@contextmanager
def posted(size: int) -> Iterator[HttpRequest]:
    file = SimpleUploadedFile("extract.csv", b"x" * size)
    request = RequestFactory().post("/", {"before": "1", "file": file, "later": "2"})
    request.upload_handlers = [UploadLimit(request), TemporaryFileUploadHandler(request)]
    yield request
    request.close()


@pytest.mark.parametrize("size", [1, CHUNK, 3 * CHUNK])
def test_a_file_within_the_limit_arrives_whole(size, limit):
    with posted(size) as request:
        assert request.FILES["file"].size == size


@pytest.mark.parametrize("beyond", [1, CHUNK, 100 * CHUNK])
def test_a_file_beyond_the_limit_arrives_just_larger_than_it(beyond, limit):
    with posted(limit + beyond) as request:
        assert limit < request.FILES["file"].size <= limit + CHUNK
        assert request.POST.dict() == {"before": "1", "later": "2"}
