"""Every address of the site."""

from allauth import urls as allauth_urls
from django.contrib import admin
from django.urls import include, path

from soc_tracker.core.access.permissions import OWN_ACCOUNT, declared
from soc_tracker.core.accounts.invitations.pages import first_password, invitation_link
from soc_tracker.core.accounts.sessions.pages import end_own_sessions, own_account
from soc_tracker.core.accounts.signin import demo_sign_in, no_role, password_by_link
from soc_tracker.core.accounts.single_sign_on.pages import sso_done, sso_start
from soc_tracker.core.accounts.tokens.pages import own_token_new, own_tokens, own_tokens_end
from soc_tracker.core.requests import healthz

handler400 = "soc_tracker.core.requests.bad_request"
handler500 = "soc_tracker.core.posting.middleware.server_error"
urlpatterns = [
    path("", include("soc_tracker.dashboards.urls")),
    path("", include("forces.urls")),
    path("inspections/facts/", include("soc_tracker.reference.urls")),
    path("", include("inspections.urls")),
    path("", include("plans4p.urls")),  # before the record, whose pages of threats it shows with their plans
    path("", include("disruptions.urls")),
    path("api/", include("soc_tracker.dashboards.api")),
    path("accounts/demo/", demo_sign_in, name="demo_sign_in"),
    path("accounts/no-role/", no_role, name="no_role"),
    path("accounts/", own_account, name="own_account"),
    path("accounts/tokens/", own_tokens, name="own_tokens"),
    path("accounts/tokens/new/", own_token_new, name="own_token_new"),
    path("accounts/tokens/end/", own_tokens_end, name="own_tokens_end"),
    path("accounts/single-sign-on/", sso_start, name="sso_start"),
    path("accounts/single-sign-on/done/", sso_done, name="sso_done"),
    path("accounts/sessions/end/", end_own_sessions, name="own_sessions_end"),
    path("accounts/invitation/", first_password, name="account_first_password"),
    path("accounts/invitation/<str:secret>/", invitation_link, name="account_invitation"),
    path("accounts/password/set/", password_by_link, name="account_set_password"),
    path("accounts/", include(declared(OWN_ACCOUNT, allauth_urls.urlpatterns))),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
