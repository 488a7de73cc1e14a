"""A browser, or whatever passes for one, at an address of the internet, before the proxy of a deployment."""

from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from soc_tracker.core.posting.refill import FormReader, HtmlForm
from tests.processes import HOST


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def leads_to(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Visitor:
    """``address`` is what the proxy says that the client's is."""

    port: int
    address: str = "203.0.113.7"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection.request(method, path, body=body or None, headers=sent | given)
        answer = connection.getresponse()
        read = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        for line in read.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0" and morsel.value:
                    self.cookies[name] = morsel.value
        return read

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, path: str, action: str = "", **values: str) -> Answer:
        """Open a page, fill its form of this action in, or its first, and send it."""
        form = form_of(self.get(path), action)
        hidden = {control.name: control.value for control in form.controls if control.kind == "hidden"}
        return self.post(form.action or path, **(hidden | values))

    def post(self, path: str, **values: str) -> Answer:
        kind, origin = "application/x-www-form-urlencoded", f"https://{HOST}"
        return self.ask("POST", path, urlencode(values), Content_Type=kind, Origin=origin, Referer=f"{origin}{path}")

    def sign_in(self, username: str, password: str) -> Answer:
        return self.send("/accounts/login/", login=username, password=password)

    def is_signed_in(self) -> bool:
        return self.get("/accounts/").status == 200


def form_of(answer: Answer, action: str) -> HtmlForm:
    assert answer.status in (200, 400), (answer.status, answer.leads_to)
    forms = [form for form in FormReader(answer.text).forms if action in form.action]
    assert forms, f"The page has no form that is sent to {action!r}."
    return forms[0]
