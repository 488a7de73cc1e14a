"""The forms of ancillary orders and their terms."""

from typing import ClassVar

from plans4p.editing.forms import PageForm, formfield
from plans4p.orders.models import AncillaryOrder, OrderTerm


class OrderForm(PageForm):
    headings: ClassVar = {
        "made_on": "When",
        "setting": "Where the subject is",
        "managing_unit": "Who manages it",
        "change_reason": "This change",
    }

    class Meta:
        model = AncillaryOrder
        formfield_callback = formfield
        fields = (
            *("reference", "kind", "subject", "organisation", "threat", "made_on", "in_force_from", "expires_on"),
            *("setting", "release_on", "release_plan", "managing_unit", "manager"),
        )
        help_texts = {
            "expires_on": "Its last day in force. Empty: no end on record.",
            "release_on": "Of a subject in custody.",
            "release_plan": "Who takes the order over, and how its terms are checked in the community.",
        }

    def bound_choices(self) -> None:
        if self.instance.pk:
            del self.fields["reference"]


class TermForm(PageForm):
    class Meta:
        model = OrderTerm
        formfield_callback = formfield
        fields = ("kind", "text")
