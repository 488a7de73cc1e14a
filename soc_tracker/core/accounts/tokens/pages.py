"""The pages on which people make and end the tokens of their own account."""

from datetime import date, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from soc_tracker.core.access.permissions import OWN_ACCOUNT, needs
from soc_tracker.core.accounts.again import way_before_form
from soc_tracker.core.accounts.tokens import services
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.records.pages import trail

LASTING = (30, 90, 180, 365)
WHY = "A token opens what you may read to whoever holds it: show again who you are."
BY_OWNER = "By its owner, on the pages of the account."


class TokenForm(ServiceForm, forms.Form):
    name = forms.CharField(
        max_length=80,
        help_text="What it is for, such as “Quarterly workbook”.",
        error_messages={"required": "Give it a name."},
    )
    scopes = forms.MultipleChoiceField(
        label="What may it read?",
        help_text="Never more than you may read yourself at that time.",
        widget=forms.CheckboxSelectMultiple,
        choices=Scope.choices,
        error_messages={"required": "Choose what it may read."},
    )
    days = forms.TypedChoiceField(
        label="For how long?",
        help_text="It ends after that, and cannot be made to last longer.",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [days for days in LASTING if days <= settings.TOKEN_DAYS] or [settings.TOKEN_DAYS]
        days: Any = self.fields["days"]
        days.choices = [(number, f"{number} day{'' if number == 1 else 's'}") for number in allowed]

    def make(self, account: Any, *, today: date) -> Any:
        """The token and its secret. Raises ValidationError."""
        cleaned = self.cleaned_data
        scopes = [Scope(scope) for scope in cleaned["scopes"]]
        until = today + timedelta(days=cleaned["days"])
        return services.make_token(account, cleaned["name"], scopes, until, reason=BY_OWNER)


@needs(OWN_ACCOUNT)
@require_safe
def own_tokens(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    context = {"tokens": list(account.tokens.in_force(localdate())), "breadcrumbs": crumbs()}
    return render(request, "account/own_tokens.html", context)


@needs(OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def own_token_new(request: HttpRequest) -> HttpResponse:
    """Ask for the password anew, then make a token. Its secret stands in this one answer."""
    account: Any = request.user
    if way := way_before_form(request, WHY, after=timedelta(seconds=REAUTHENTICATION_TIMEOUT)):
        return way
    form = TokenForm(request.POST or None)
    if not (form.is_valid() and form.submit(lambda: form.make(account, today=localdate()))):
        context = {"form": form, "breadcrumbs": crumbs(below=True)}
        return render(request, "account/own_token_new.html", context, status=form.status)
    token, secret = form.result
    get_adapter().send_notification_mail("account/email/token_made", account, {"token": token})
    site = request.build_absolute_uri("/")
    context = {"token": token, "secret": secret, "breadcrumbs": crumbs(below=True), "site": site}
    answer: Any = render(request, "account/own_token_made.html", context)
    answer.done_at = reverse("own_tokens")
    return answer


@needs(OWN_ACCOUNT)
@require_POST
def own_tokens_end(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    key = request.POST.get("token", "")
    try:
        services.end_tokens(account, [int(key)] if key.isdecimal() else [], by=account, reason=BY_OWNER)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        messages.success(request, "The token opens nothing any more.")
    return redirect("own_tokens")


def crumbs(*, below: bool = False) -> list[tuple[str, str]]:
    own = [("Your account", "own_account"), ("Tokens for programs", "own_tokens")]
    return trail(*own[: 2 if below else 1])
