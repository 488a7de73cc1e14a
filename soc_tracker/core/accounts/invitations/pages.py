"""Where an invitation leads: the first password is set."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from soc_tracker.core.access.permissions import OPEN, needs
from soc_tracker.core.accounts.invitations.services import accept, find

HELD = "invitation"
"""In a session: the secret of the link by which somebody came, so that the address of the page tells nobody."""


class FirstPasswordForm(forms.Form):
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters: three or four words that do not belong together are best.",
    )
    again = forms.CharField(
        label="The same once more", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", "This is not the same password. Enter it once more.")
        return cleaned


@needs(OPEN)
@never_cache
@require_safe
def invitation_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep the secret out of sight, and lead on to the form."""
    request.session[HELD] = secret
    return redirect("account_first_password")


@needs(OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Set it, once; then sign in with it."""
    secret = str(request.session.get(HELD, ""))
    invitation = find(secret) if secret else None
    if invitation is None:
        return render(request, "account/invitation_gone.html", status=410)
    account = invitation.account
    form = FirstPasswordForm(request.POST or None, account=account)
    if form.is_valid():
        try:
            accept(secret, form.cleaned_data["password"])
        except ValidationError:
            return render(request, "account/invitation_gone.html", status=410)
        del request.session[HELD]
        request.set_password_of = account.pk  # type: ignore[attr-defined]  # a browser that its owner uses
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    status = 400 if form.is_bound else 200
    return render(request, "account/first_password.html", {"form": form, "account": account}, status=status)
