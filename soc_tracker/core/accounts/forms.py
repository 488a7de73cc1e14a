"""The administration's forms of an account; all of them ask for a reason and know which version they show."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, localtime

from soc_tracker.core.access.models import Reach
from soc_tracker.core.accounts import services
from soc_tracker.core.records.forms import ServiceForm, VersionField, add_refusal, reason_field
from soc_tracker.core.text.days import in_words

OWN_FIELDS = ("username", "first_name", "last_name", "email", "is_active")


class Reasoned(ServiceForm, forms.Form):
    """Why something is done to an account, as its history tells it, and at which version."""

    change_reason = reason_field("Why you do this. It is kept in the history of the account.")
    expected_version = VersionField(min_value=0)  # an account that a command made has had no change yet


NATIONAL, LINKS = "national", ("region", "organisation")
Of = Mapping[str, Any]
"""What a reach is of, as ``give_reach`` takes it."""


class ReachesField(forms.MultipleChoiceField):
    """The whole country, regions, and the bodies of today; its value is what each reach is of."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Reach")
        kwargs.setdefault(
            "help_text",
            "Whose threats, disruptions, plans and orders the person sees. A regional unit's are those of its region. "
            "What is published is open to everybody with a role. Hold Ctrl, or Command on a Mac, to choose several.",
        )
        super().__init__(choices=list_choices, widget=forms.SelectMultiple(attrs={"size": 14}), **kwargs)

    def clean(self, value: Any) -> list[Of]:
        """Regions and bodies are read at once."""
        chosen = [text.partition("-")[::2] for text in super().clean(value)]
        of: list[Of] = [{"is_national": True} for kind, _ in chosen if kind == NATIONAL]
        for name in LINKS:
            keys = [int(key) for kind, key in chosen if kind == name]
            of += [{name: record} for record in records(name).in_bulk(keys).values()]
        return of


def list_choices() -> list[tuple[str, Any]]:
    """In groups: the whole country, the regions, and the bodies of each kind."""
    regions = records("region").order_by("name", "pk")
    bodies = records("organisation").valid_on(localdate()).order_by("kind", "name", "pk")
    groups: dict[str, list[tuple[str, str]]] = {"Regions": [(f"region-{region.pk}", str(region)) for region in regions]}
    for body in bodies:
        groups.setdefault(str(body.get_kind_display()), []).append((f"organisation-{body.pk}", body.name))
    return [(NATIONAL, "The whole country"), *groups.items()]


def records(link: str) -> Any:
    """Those to which a reach may link."""
    field: Any = Reach._meta.get_field(link)
    return field.related_model.objects


class AccountForm(Reasoned, forms.ModelForm):
    """Adds an account, or changes one; what the service would refuse is refused here, with all that was typed."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Roles",
        help_text="What the person comes to do. An account without a role opens nothing but its own pages.",
    )
    reaches = ReachesField(required=False)
    editor: User

    class Meta:
        model = User
        fields = OWN_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_active"].label = "In use"
        self.fields["is_active"].help_text = "Accounts are put out of use, not deleted: history names their owners."
        self.fields["email"].help_text = "Where an invitation to set the password goes. It counts as confirmed."
        stored = self.instance.pk is not None
        # Without one, nobody could come in; accounts of before, and of the demonstration, may be without.
        self.fields["email"].required = not stored or bool(self.instance.email)
        if stored:
            del self.fields["reaches"]
        self.fields["expected_version"].initial = services.version_of(self.instance) if stored else 0
        if stored:
            self.fields["groups"].initial = self.instance.groups.all()

    def _post_clean(self) -> None:
        """Have the service try a change, and take it back: what it refuses is said in the form."""
        super()._post_clean()  # type: ignore[misc]  # Django's own step between the fields and the model
        try:
            services.check_email(self.instance, self.cleaned_data.get("email", ""))
        except ValidationError as error:
            self.add_error("email", error)
        if self.errors or self.instance.pk is None:
            return
        try:
            with transaction.atomic():
                self.write()
                transaction.set_rollback(True)
        except ValidationError as error:
            add_refusal(self, error)

    def write(self) -> User:
        """Store the account. Raises ValidationError."""
        cleaned, by = self.cleaned_data, self.editor
        values, roles = {name: cleaned[name] for name in OWN_FIELDS}, cleaned["groups"]
        reason = cleaned["change_reason"]
        if self.instance.pk is None:
            with transaction.atomic():
                account = services.add_account(values, roles, by=by, reason=reason)
                for of in cleaned["reaches"]:
                    services.give_reach(account, by=by, reason=reason, **of)
            return account
        version = cleaned["expected_version"]
        return services.change_account(self.instance, values, roles, by=by, reason=reason, expected_version=version)


class ActForm(Reasoned):
    """What every act asks for."""

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs | {"initial": {"expected_version": services.version_of(account)}})

    @property
    def trail(self) -> dict[str, Any]:
        """The reason and the version, as services take them."""
        return {"reason": self.cleaned_data["change_reason"], "expected_version": self.cleaned_data["expected_version"]}


class SessionsForm(ActForm):
    sessions = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose the sessions to end."}
    )
    field_order = ("sessions", "change_reason")

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        choices = [
            (session.pk, f"{session}; last used on {localtime(session.seen_at):%-d %B %Y at %H:%M}")
            for session in account.sessions.still_open()
        ]
        sessions: Any = self.fields["sessions"]
        sessions.choices = choices
        sessions.help_text = "" if choices else "The account is signed in nowhere."


class TokensForm(ActForm):
    tokens = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose the tokens to end."}
    )
    field_order = ("tokens", "change_reason")

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        choices = [
            (str(token.pk), f"{token}: {token.reads}. {token.last_used}. Its last day is {in_words(token.expires_on)}.")
            for token in account.tokens.in_force(localdate())
        ]
        tokens: Any = self.fields["tokens"]
        tokens.choices = choices
        tokens.help_text = "" if choices else "The account has no token."
