"""Every kind of answer of a deployment has its headers, and every cookie is this host's alone."""

import re

import pytest

from tests.processes import output

pytestmark = pytest.mark.both_databases
SIGNED_IN = {
    "a page": ("/", 200),
    "a list": ("/disruptions/", 200),
    "a file": ("/findings/?format=csv", 200),
    "a workbook": ("/findings/?format=xlsx", 200),
    "a file of the record, which asks who you are": ("/disruptions/?format=csv", 302),
    "the API": ("/api/v1/disruptions/", 200),
    "its documentation": ("/api/docs/", 200),
    "what the API does not understand": ("/api/v1/disruptions/?colour=red", 400),
    "too much": (f"/findings/?{'a=1&' * 10_000}", 400),
    "what the role may not do": ("/extracts/upload/", 403),
    "what is not there": ("/plans/4P-99999/", 404),
    "no page": ("/no/such/page/", 404),
    "a form's answer, opened": ("/accounts/sessions/end/", 405),
}
NOBODY = {
    "the sign-in page": ("/accounts/login/", 200),
    "a page that asks for a session": ("/disruptions/", 302),
    "the API": ("/api/v1/disruptions/", 401),
    "health": ("/healthz", 200),
    "no page": ("/no/such/page/", 404),
    "a demonstration": ("/accounts/demo/", 404),
}


def is_guarded(answer):
    headers = answer.headers
    assert headers["Cache-Control"] == "no-store, private"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "X-Powered-By" not in headers
    return True


@pytest.mark.parametrize("kind", SIGNED_IN)
def test_what_somebody_signed_in_gets(site, kind):
    path, status = SIGNED_IN[kind]
    answer = site.visitor("inspector").get(path)
    assert answer.status == status
    assert is_guarded(answer)


@pytest.mark.parametrize("kind", NOBODY)
def test_what_anybody_gets(site, kind):
    path, status = NOBODY[kind]
    answer = site.visitor().get(path)
    assert answer.status == status
    assert is_guarded(answer)


def test_a_form_of_another_site_is_refused(site):
    answer = site.visitor("analyst").post("/views/new/", name="Stolen")
    assert answer.status in (302, 403)
    assert is_guarded(answer)


def test_an_answer_of_a_program_that_failed_says_nothing_of_it(site):
    """A table is away: the page fails, and neither it nor the API shows why."""
    rename(site, "plans4p_site", "plans4p_elsewhere")
    try:
        for path in ("/clear-hold-build/", "/api/v1/sites/"):
            answer = site.visitor("inspector").get(path)
            assert answer.status == 500
            assert is_guarded(answer)
            for word in ("plans4p_site", "Traceback", "Error:", "SELECT", site.environment["SECRET_KEY"]):
                assert word not in answer.text
    finally:
        rename(site, "plans4p_elsewhere", "plans4p_site")


def test_plain_http_leads_to_tls_and_another_host_nowhere(site):
    visitor = site.visitor()
    answer = visitor.get("/", X_Forwarded_Proto="http")
    assert (answer.status, answer.leads_to) == (301, "https://soc.example.org/")
    for scheme in ("http", "https"):
        answer = visitor.get("/accounts/login/", Host="elsewhere.example", X_Forwarded_Proto=scheme)
        assert answer.status == 400
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_static_files_are_kept_for_good_by_whoever_likes(site):
    page = site.visitor().get("/accounts/login/")
    for path in re.findall(r'"(/static/[^"]+\.(?:css|js))"', page.text):
        answer = site.visitor("inspector").get(path)
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_cookies_are_this_hosts_alone_and_of_no_script(site):
    visitor = site.visitor()
    cookies = visitor.get("/accounts/login/").headers.get_all("Set-Cookie")
    cookies += visitor.sign_in("analyst8", "grey heron over Widnes bridge").headers.get_all("Set-Cookie")
    assert len(cookies) >= 3
    for cookie in cookies:
        name, _, rest = cookie.partition("=")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in rest.split(";")}
        assert "SameSite=Lax" in rest
        assert "Domain" not in rest


def test_nothing_that_it_writes_is_for_others_to_read(site):
    folder = site.mail.parent
    kept = [path for path in folder.rglob("*") if path.name.startswith("deployed") or "cache" in path.parts]
    open_to_others = [path for path in kept if path.stat().st_mode & 0o077]
    assert open_to_others == []


def rename(site, before, after):
    code = f"from django.db import connection as c; c.cursor().execute('ALTER TABLE {before} RENAME TO {after}')"
    output(site.environment, "manage.py", "shell", "--no-imports", "-c", code)
