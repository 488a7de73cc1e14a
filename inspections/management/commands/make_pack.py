"""``manage.py make_pack``: the quarterly pack of a body, a region or all, as a PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from inspections.packs.pages import PackPage
from soc_tracker.core.paper.booklet import pdf_of_booklet


class Command(BaseCommand):
    help = (
        "Write the quarterly pack of what must change as a PDF: of all bodies, or of those that are named by the slugs "
        "in their addresses. It holds what the account may read that it is made for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, help="the file to write, such as pack.pdf")
        parser.add_argument("--for", required=True, dest="account", help="the name of the account that it is made for")
        parser.add_argument("--quarter", help="such as 2025-Q4; the last that is over by default")
        for name in ("organisation", "region", "programme", "kind", "topic"):
            parser.add_argument(f"--{name}", action="append", default=[], help="may be given more than once")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["account"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account “{options['account']}” in use.")
        if not user.has_perm(PackPage.permission):
            raise CommandError(f"“{options['account']}” may not read what was published.")
        scope = {name: options[name] for name in PackPage.filterset_class.base_filters if options[name]}
        # The page as the account would ask for it, though nobody waits for an answer.
        request, page = HttpRequest(), PackPage()
        request.user, request.GET = user, QueryDict(urlencode(scope, doseq=True))
        page.setup(request)
        if page.problems:
            raise CommandError("\n".join(problem.message for problem in page.problems))
        options["out"].write_bytes(pdf_of_booklet(page.booklet(settings.SITE_URL), site=settings.SITE_URL))
        if options["verbosity"]:
            self.stdout.write(f"{options['out']}: {page.subject}, {page.quarter.words}")
