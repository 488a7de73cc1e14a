"""Answers of the test client."""

from django.http.response import HttpResponseBase


def read(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, read to its end: closing one half-read would close the database connection of the test too."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response
