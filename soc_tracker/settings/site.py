"""Where the site runs, for whom, and under which address."""

from pathlib import Path

from soc_tracker.core.environment import count, flag, hosts, origin, read, refuse_strangers, secret, words

BASE_DIR = Path(__file__).resolve().parents[2]

DEVELOPMENT = read(
    "DEBUG",
    flag,
    default=False,
    purpose="whether to run on a developer's machine, over plain HTTP; never in production",
)
DEMO_MODE = read(
    "DEMO_MODE",
    flag,
    default=False,
    purpose="whether the sign-in page offers one account per role without a password; only on a developer's machine",
)
# A demonstration shows its readers the site's own error pages, not Django's technical ones.
DEBUG = DEVELOPMENT and not DEMO_MODE
SECRET_KEY = read(
    "SECRET_KEY",
    str if DEVELOPMENT else secret,
    default="insecure-development-key-never-used-outside-debug" if DEVELOPMENT else None,
    purpose="the long random text that signs sessions",
    is_secret=True,
)
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS",
    hosts,
    default=["127.0.0.1", "localhost"],
    purpose="the host names that the site answers to, with commas between them",
)
CSRF_TRUSTED_ORIGINS: list[str] = read(
    "CSRF_TRUSTED_ORIGINS",
    words,
    default=[],
    purpose="the origins, such as https://soc.example.org, that forms may come from behind a proxy",
)
BEHIND_TLS_PROXY = read(
    "BEHIND_TLS_PROXY",
    flag,
    default=False,
    purpose="whether a proxy that ends TLS sets X-Forwarded-Proto",
)
refuse_strangers(demo=DEMO_MODE, development=DEVELOPMENT, hosts=ALLOWED_HOSTS, behind_proxy=BEHIND_TLS_PROXY)
TRUSTED_PROXY_COUNT = read(
    "TRUSTED_PROXY_COUNT",
    count,
    default=0,
    purpose="how many proxies stand before the site, each adding to X-Forwarded-For the address that it was asked from",
)
SITE_URL = read(
    "SITE_URL",
    origin,
    default="http://127.0.0.1:8000" if DEVELOPMENT else f"https://{(*ALLOWED_HOSTS, 'localhost')[0].lstrip('.')}",
    purpose="the address, such as https://soc.example.org, with which links in e-mails begin",
)
PUBLIC_PUBLISHED = read(
    "PUBLIC_PUBLISHED",
    flag,
    default=False,
    purpose="whether published facts are open to those who have not signed in; nothing else ever is",
)
CONTACT = read(
    "CONTACT",
    str,
    default="",
    purpose="the e-mail address of whoever gives accounts their roles, for those who have none yet",
)
