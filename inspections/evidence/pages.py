"""Downloading a file that shows that something was done."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import View

from inspections.evidence.models import EvidenceFile
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

NO_KIND = "application/octet-stream"


class EvidenceDownload(View):
    """As a file to save, never to be opened by the browser; for whoever may see what it is the evidence of."""

    permission = "inspections.read_evidence"
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        evidence = get_object_or_404(EvidenceFile.objects.open_to(request.user), pk=pk)
        try:
            file = evidence.file.open("rb")
        except FileNotFoundError as error:
            raise Http404("The file is no longer on the server.") from error
        record_event(Kind.EXPORT, subject=evidence, file=evidence.file_name)
        return FileResponse(file, as_attachment=True, filename=evidence.file_name, content_type=NO_KIND)
