"""Every line of the log, whoever writes it, says when, how severe and for which request."""

import logging

import pytest
import structlog
from django.conf import settings


@pytest.fixture
def line():
    """Format a record as the console shows it."""
    logging_settings = settings.LOGGING["formatters"]["key_value"]
    arguments = {name: value for name, value in logging_settings.items() if name != "()"}
    return structlog.stdlib.ProcessorFormatter(**arguments).format


def test_a_line_of_another_package(line):
    structlog.contextvars.bind_contextvars(request_id="abc")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Not found: %s", ("/x",), None)
    text = line(record)
    structlog.contextvars.clear_contextvars()
    assert "level='error' event='Not found: /x'" in text
    assert "timestamp='20" in text
    assert "request_id='abc'" in text
    assert "logger='django.request'" in text


def test_an_exception_is_readable(line):
    try:
        raise LookupError("nowhere")
    except LookupError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Failed", (), (LookupError, error, error.__traceback__)
        )
    assert "LookupError: nowhere" in line(record)
