"""The answer to a form whose protection does not hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A plain refusal, which the middleware betters where a page of this very site has sent the form."""
    request.csrf_failed = True
    return render(request, "403_csrf.html", status=403)
