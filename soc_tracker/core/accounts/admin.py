"""The admin of accounts, and of the groups that roles are. Accounts are put out of use, never deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin  # noqa: F401  registers what is replaced below
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse

from soc_tracker.core.accounts import services
from soc_tracker.core.accounts.again import asked_before
from soc_tracker.core.accounts.forms import OWN_FIELDS, AccountForm, ActForm, SessionsForm, TokensForm
from soc_tracker.core.accounts.invitations.services import invite, withdraw
from soc_tracker.core.accounts.models import AccountChange
from soc_tracker.core.accounts.reaches import (
    EndReachForm,
    GiveReachForm,
    ReachesForm,
    ReachFilter,
    reach_in_words,
    with_reaches,
)
from soc_tracker.core.accounts.sessions.services import end_chosen
from soc_tracker.core.accounts.single_sign_on.services import unlink
from soc_tracker.core.accounts.tokens.services import end_tokens
from soc_tracker.core.records.admin_fields import ReadOnly
from soc_tracker.core.records.admin_steps import MOST, NEWEST, changes_page, step_page
from soc_tracker.core.records.history import Change, ChangeKind, Difference
from soc_tracker.core.records.states import name_of


@dataclass(frozen=True)
class Act:
    """What is done to an account beside its form: the title of its page, what that says before, its button, what is
    said after, and what it does.
    """

    title: str
    says: str
    button: str
    done: str
    do: Callable[[HttpRequest, User, Any], object]
    form: type[ActForm] = ActForm


def send_link(request: HttpRequest, account: User, form: ActForm) -> None:
    """An invitation to whoever has never set a password; to others, a link to set another."""
    if not account.has_usable_password():
        send_invitation(account, by=request.user, **form.trail)
        return
    if not account.email:
        raise ValidationError("This account has no e-mail address. Give it one first.")
    if not account.is_active:
        raise ValidationError("This account is out of use: nobody can sign in to it with a new password.")
    with transaction.atomic():
        stored = services.lock(account, form.trail["expected_version"])
        sent = [("Link to set a password", services.NONE, f"sent to {stored.email}")]
        services.keep(stored, sent, by=request.user, reason=form.trail["reason"])
        request_password_reset(request, stored.email, [stored], default_token_generator)


def send_invitation(account: User, **trail: Any) -> None:
    invitation, link = invite(account, **trail)
    get_adapter().send_mail("account/email/invitation", invitation.address, {"invitation": invitation, "link": link})


def take_second_factors(request: HttpRequest, account: User, form: ActForm) -> None:
    services.remove_second_factors(account, by=request.user, **form.trail)
    get_adapter().send_notification_mail("account/email/factors_removed", account)


ACTS = {
    "give-reach": Act(
        "Give a reach",
        "Whose threats, disruptions, plans and orders the account sees, beside those that it sees already.",
        "Give it",
        "The account has the reach.",
        lambda request, account, form: form.give([account], by=request.user, **form.trail),
        GiveReachForm,
    ),
    "end-reach": Act(
        "End a reach",
        "What the account sees by it ends with it: pages, files, programs that read with its tokens, its calendar.",
        "End it",
        "The reach has its end.",
        lambda request, account, form: form.end(by=request.user),
        EndReachForm,
    ),
    "password-link": Act(
        "Send a link to set a password",
        "A link goes to the account's e-mail address: an invitation, where no password was ever set. Whoever opens it "
        "sets the password, so nobody else knows it.",
        "Send the link",
        "The link has been sent.",
        send_link,
    ),
    "withdraw-invitation": Act(
        "Withdraw the invitation",
        "Its link opens nothing any more. Another can be sent at any time.",
        "Withdraw it",
        "The invitation has been withdrawn.",
        lambda request, account, form: withdraw(account, by=request.user, **form.trail),
    ),
    "second-factor": Act(
        "Remove the second factor",
        "For somebody who has lost passkey or telephone and the recovery codes. Make sure that it is they who ask."
        " It ends the account's sessions; where a second factor is needed, the next sign-in leads to a new one.",
        "Remove it",
        "The account has no second factor now.",
        take_second_factors,
    ),
    "sessions": Act(
        "End sessions",
        "Where the account is signed in. A session that is ended is over at once; its owner can sign in again.",
        "End them",
        "The sessions have ended.",
        lambda request, account, form: end_chosen(
            account, form.cleaned_data["sessions"], by=request.user, **form.trail
        ),
        SessionsForm,
    ),
    "single-sign-on": Act(
        "Remove single sign-on",
        "For an account that the wrong person enters from your organisation's sign-in, or who has a new account there. "
        "At the next sign-in from there the account is found by its e-mail address again.",
        "Remove it",
        "The account is no longer known at your organisation's sign-in.",
        lambda request, account, form: unlink(account, by=request.user, **form.trail),
    ),
    "tokens": Act(
        "End tokens",
        "With which programs read on behalf of the account. A token that is ended opens nothing any more, for good.",
        "End them",
        "The tokens have ended.",
        lambda request, account, form: end_tokens(
            account, map(int, form.cleaned_data["tokens"]), by=request.user, **form.trail
        ),
        TokensForm,
    ),
}
"""By the word that stands in their addresses."""


class AccountAdmin(admin.ModelAdmin):
    """Accounts are put out of use, not deleted: history names those who made a change."""

    form = AccountForm
    change_form_template = "admin/account_change_form.html"
    change_list_template = "admin/record_change_list.html"
    list_display = ("username", "first_name", "last_name", "email", "roles", "reach", "is_active", "last_login")
    list_filter = ("groups", ReachFilter, "is_active")
    actions = ("give_reach",)
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    readonly_fields = ("reach", "invitation", "last_login", "date_joined")
    fieldsets = (
        ("Person", {"fields": ("username", "first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "groups", "reach", "invitation")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
        ("Why", {"fields": ("change_reason", "expected_version")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return with_reaches(super().get_queryset(request).prefetch_related("groups"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new account is given its reaches with its roles; of a stored one they are given and ended by acts."""
        if obj is not None:
            return self.fieldsets
        person, _, _, why = self.fieldsets
        return (person, ("Access", {"fields": ("is_active", "groups", "reaches")}), why)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("changes/", view(self.changes_view), name="auth_user_changes"),
            path("give-reach/", view(self.give_reach_view), name="auth_user_give_reach"),
            path("<int:pk>/acts/<slug:act>/", view(self.act_view), name="auth_user_act"),
            *super().get_urls(),
        ]

    @asked_before
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        # Django takes the fields of the form for those of the model alone.
        form: Any = super().get_form(request, obj, change, **{**kwargs, "fields": OWN_FIELDS})
        form.editor = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        before = User.objects.get(pk=obj.pk).email if change else ""
        stored = form.write()
        obj.pk = stored.pk
        is_without_way_in = not stored.has_usable_password() and not stored.identities.exists()
        if stored.email != before and stored.is_active and is_without_way_in:
            send_invitation(stored, by=request.user, reason=form.cleaned_data["change_reason"])
            messages.info(request, f"An invitation to set the password went to {stored.email}.")
        if before and before != obj.email:
            addresses = {"from_email": before, "to_email": obj.email or services.NONE}
            get_adapter().send_notification_mail("account/email/email_changed", obj, addresses, email=before)

    def save_related(self, request: HttpRequest, form: AccountForm, formsets: list[Any], change: bool) -> None:
        """The roles are written with the account."""

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return form.cleaned_data["change_reason"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def roles(self, account: User) -> str:
        return ", ".join(group.name for group in account.groups.all()) or services.NONE

    def reach(self, account: User) -> str:
        stored: Any = account
        return reach_in_words(account, stored.reaches_now)

    def invitation(self, account: User) -> str:
        """What became of the newest one."""
        newest = account.invitations.first()
        return newest.words if newest else services.NONE

    # Beside the form

    @admin.action(description="Give a reach to those selected")
    def give_reach(self, request: HttpRequest, accounts: QuerySet[User]) -> HttpResponse:
        keys = accounts.order_by("username").values_list("pk", flat=True)[:MOST]
        return redirect(f"{reverse('admin:auth_user_give_reach')}?{urlencode({'of': list(keys)}, doseq=True)}")

    @asked_before
    def give_reach_view(self, request: HttpRequest) -> HttpResponse:
        """Asks what and why, and gives it to all of the accounts or, where one is refused, to none."""
        keys = [int(key) for key in request.GET.getlist("of") if key.isascii() and key.isdigit() and len(key) < 19]
        accounts = list(self.get_queryset(request).filter(pk__in=keys[:MOST]).order_by("username"))
        if not accounts:
            raise Http404("None of the accounts that were chosen is there any more.")
        form = ReachesForm(request.POST or None)
        if form.is_valid() and form.submit(
            lambda: form.give(accounts, by=request.user, reason=form.cleaned_data["change_reason"])
        ):
            messages.success(request, f"Given to {len(accounts)} account{'s' if len(accounts) != 1 else ''}.")
            return redirect("admin:auth_user_changelist")
        them = "1 account" if len(accounts) == 1 else f"{len(accounts)} accounts"
        page = {"title": f"Give a reach to {them}", "button": "Give it to all", "here": "Give a reach"}
        return step_page(self, request, form, template="admin/record_set.html", records=accounts, **page)

    @asked_before
    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Asks why, and does one of the acts."""
        account = get_object_or_404(User, pk=pk)
        if act not in ACTS:
            raise Http404(f"Nothing called “{act}” is done to an account.")
        form = ACTS[act].form(request.POST or None, account=account)
        if form.is_valid() and form.submit(lambda: ACTS[act].do(request, account, form)):
            messages.success(request, ACTS[act].done)
            return redirect(reverse("admin:auth_user_change", args=[pk]))
        title, button, about = ACTS[act].title, ACTS[act].button, ACTS[act].says
        return step_page(self, request, form, title=title, button=button, about=about, record=account)

    # History

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        account = self.get_object(request, object_id)
        if account is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
            return missing
        return self._changes_page(request, f"History of {account}", account.changes.all(), account)

    def changes_view(self, request: HttpRequest) -> HttpResponse:
        """The newest changes of all accounts."""
        return self._changes_page(request, "Latest changes of accounts", AccountChange.objects.all(), None)

    def _changes_page(
        self, request: HttpRequest, title: str, rows: QuerySet[AccountChange], account: User | None
    ) -> HttpResponse:
        changes = [
            Change(
                when=row.at,
                who=name_of(row.by) if row.by else "A command",
                reason=row.reason,
                kind=ChangeKind.ADDED if row.is_addition else ChangeKind.CHANGED,
                differences=tuple(Difference(*difference) for difference in row.differences),
                version=row.version,
                title=str(row.account),
                record=row.account,
                key=row.account_id,
            )
            for row in rows.select_related("by", "account")[:NEWEST]
        ]
        return changes_page(self, request, changes, title=title, record=account)


class RoleAdmin(ReadOnly, admin.ModelAdmin):
    """The roles as they are; who has which is said on each account."""

    list_display = ("name", "accounts")
    fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(accounts=Count("user"))

    def accounts(self, role: Any) -> int:
        number: int = role.accounts
        return number


# Importing Django's own admin of accounts has registered it.
admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
