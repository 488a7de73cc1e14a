"""What a browser may do with the site's pages: strict, relaxed only where a developer's machine serves plain HTTP."""

from csp.constants import NONE, SELF

from soc_tracker.core.environment import flag, read
from soc_tracker.settings.site import BEHIND_TLS_PROXY, DEVELOPMENT

SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = read(
    "HSTS_SECONDS",
    int,
    default=0 if DEVELOPMENT else 365 * 24 * 3600,
    purpose="for how many seconds a browser that was here once comes by TLS only",
)
# Neither is this site's to promise: the names below and beside its own may be other people's.
SECURE_HSTS_INCLUDE_SUBDOMAINS = read(
    "HSTS_SUBDOMAINS", flag, default=False, purpose="whether every host name below the site's has TLS too, for good"
)
SECURE_HSTS_PRELOAD = read(
    "HSTS_PRELOAD", flag, default=False, purpose="whether browsers may ship the site's name as one that has TLS only"
)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # they ask for both
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A browser takes a cookie of such a name from this very host alone, and over TLS.
COOKIE_PREFIX = "" if DEVELOPMENT else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
# What a page says after an act waits in the session, and not in a cookie, where it could be read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "soc_tracker.core.posting.middleware.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Plotly appends one empty style element; this is the hash of the empty text.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
