"""Who comes in, how, and for how long: passwords, second factors, sessions, single sign-on."""

from datetime import timedelta
from typing import Any

from soc_tracker.core.environment import encryption_keys, flag, groups, issuer, number, read
from soc_tracker.settings.site import DEVELOPMENT

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "soc_tracker.core.accounts.signin.ConfirmedAddressBackend",
]
# What was hashed by another of these before is hashed by the first at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "soc_tracker.core.accounts.passwords.GuessesValidator"},
]
# Says which words a guesser of this site's passwords would try first, beside those of its own name.
PASSWORD_WORDS = "forces.reach.words_of_bodies"  # noqa: S105 - where a function is, not a password
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "soc_tracker.core.accounts.signin.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "soc_tracker.core.accounts.signin.SignInForm",
    "add_email": "soc_tracker.core.accounts.signin.NewAddressForm",
    "reset_password": "soc_tracker.core.accounts.signin.ForgottenForm",
}
# Limits are soc_tracker.core.accounts.limits: those of the package are kept in the cache, which evicts them.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # of those who sign in: addresses are confirmed where they are changed
# An account has one address. A new one takes its place once a link sent to it was opened, and to ask for that takes
# the password again, even in an open session; the old address hears of it.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds for which it holds, for all of these
FILES_ASK_AFTER = timedelta(
    minutes=read(
        "FILES_ASK_AFTER_MINUTES",
        number,
        default=60,
        purpose="how long after somebody showed who they are files of threats, disruptions and plans ask for it again",
    )
)
INVITATION_LASTS = timedelta(
    days=read("INVITATION_DAYS", number, default=7, purpose="how many days an invitation to a new account holds")
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up with somebody else's address, for nobody signs up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "soc_tracker.core.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "soc_tracker.core.accounts.factors.PasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # a browser takes a passkey over plain HTTP from localhost alone
MFA_TOTP_ISSUER = "SOC Tracker"
SECOND_FACTOR_REQUIRED = read(
    "SECOND_FACTOR_REQUIRED",
    flag,
    default=not DEVELOPMENT,
    purpose="whether administrators, and accounts that reach rows of the record, must have a second factor",
)
ENCRYPTION_KEYS: list[str] = read(
    "ENCRYPTION_KEYS",
    encryption_keys,
    default=[] if DEVELOPMENT else None,
    purpose="the keys, with commas, under which seeds of second factors are kept: the first encrypts, all of them read",
    is_secret=True,
)

# Single sign-on, off unless an issuer is named: soc_tracker/core/accounts/single_sign_on
OIDC_ISSUER = read("OIDC_ISSUER", issuer, default="", purpose="the provider of single sign-on, as it calls itself")
OIDC_CLIENT_ID = read(
    "OIDC_CLIENT_ID", str, default=None if OIDC_ISSUER else "", purpose="by which the provider knows this site"
)
OIDC_CLIENT_SECRET = read(
    "OIDC_CLIENT_SECRET", str, default=None if OIDC_ISSUER else "", purpose="what this site shows the provider"
)
OIDC_NAME = read("OIDC_NAME", str, default="single sign-on", purpose="what the provider is called on the sign-in page")
OIDC_GROUPS_CLAIM = read("OIDC_GROUPS_CLAIM", str, default="groups", purpose="in which claim the provider names groups")
OIDC_GROUPS: dict[str, Any] = read(
    "OIDC_GROUPS", groups, default={}, purpose="which roles and reaches each group of the provider gives, as JSON"
)

# In the database alone: one that is ended there is over at once, on every machine.
SESSION_ENGINE = "soc_tracker.core.accounts.sessions.store"
SESSION_LONGEST = timedelta(
    hours=read("SESSION_HOURS", number, default=12, purpose="after how many hours everybody signs in anew")
)
SESSION_IDLE = timedelta(
    minutes=read(
        "SESSION_IDLE_MINUTES", number, default=60, purpose="after how many minutes without a request a session ends"
    )
)
TOKEN_DAYS = read("TOKEN_DAYS", number, default=365, purpose="how many days a token of the API lasts at most")
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CLOSED_ACCOUNT_DAYS = read(
    "CLOSED_ACCOUNT_DAYS",
    number,
    default=730,
    purpose="for how many days after an account was closed its names and addresses are kept",
)
