"""The forms of what counts towards aims, and of what does not."""

from typing import Any, ClassVar

from django import forms

from disruptions.record.models import Disruption
from disruptions.record.queries import DISRUPTIONS
from plans4p.choices import ResultKind
from plans4p.directory.queries import ORDER_FINDER
from plans4p.editing.forms import PartForm, formfield
from plans4p.orders.models import AncillaryOrder
from plans4p.results.models import Contribution


class ResultForm(PartForm):
    """A result: typed, or a disruption or an order by its reference, whose day and number follow from it."""

    reasoned: ClassVar = ("kind", "on", "amount")

    class Meta:
        model = Contribution
        formfield_callback = formfield
        fields = ("kind", "disruption", "order", "on", "amount", "note")
        help_texts = {
            "on": "Of a disruption or an order, its own day is taken.",
            "note": "What it was; not needed for a disruption or an order.",
        }

    def bound_choices(self) -> None:
        if self.instance.pk:  # what it links stays for good
            del self.fields["disruption"], self.fields["order"]
            return
        kind = self.instance.plan.kind_of_data
        disruptions = Disruption.objects.visible_to(self.user).current().of_kind(kind)
        orders = AncillaryOrder.objects.visible_to(self.user).of_kind(kind)
        self.look_up("disruption", disruptions.select_related("organisation"), DISRUPTIONS)
        self.look_up("order", orders.select_related("organisation"), ORDER_FINDER)
        self.fields["on"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if disruption := cleaned.get("disruption"):
            cleaned |= {"kind": ResultKind.DISRUPTIONS, "on": disruption.activity_date, "amount": 1}
        elif order := cleaned.get("order"):
            cleaned |= {"kind": ResultKind.ORDERS, "on": order.made_on, "amount": 1}
        elif "on" not in self.errors and not cleaned.get("on"):
            self.add_error("on", "Give the day.")
        return cleaned


class DismissForm(forms.Form):
    """Why a proposed disruption is none of a plan's results."""

    reason = forms.CharField(
        max_length=500, label="Why is it none of the plan’s results?", error_messages={"required": "Say why."}
    )
