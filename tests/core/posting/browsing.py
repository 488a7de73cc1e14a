"""A browser's way with forms: it sends what the page holds, says from which page, and guards against other sites."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.forms import form_of

HOST = "http://testserver"


class Browser(Client):
    """A client that is refused as a browser would be."""

    def __init__(self, role: Role | None = None) -> None:
        super().__init__(enforce_csrf_checks=True)
        if role:
            self.sign_in(role)

    def sign_in(self, role: Role) -> None:
        self.force_login(demo_account(role), backend="django.contrib.auth.backends.ModelBackend")

    def end_session(self) -> None:
        """As when it has lasted too long: the browser keeps its other cookies."""
        self.session.flush()
        del self.cookies["sessionid"]

    def press(self, page: HttpResponse, button: str, /, **changed: object) -> HttpResponse:
        """Fill in and send a form of the page, naming the page as where it comes from."""
        form = form_of(page, button)
        self.defaults["HTTP_REFERER"] = f"{HOST}{form.address}"
        answer = form.press(self, button, **changed)
        del self.defaults["HTTP_REFERER"]
        return answer


def sign_in_page(address: str) -> str:
    return f"{reverse('account_login')}?next={address}"
