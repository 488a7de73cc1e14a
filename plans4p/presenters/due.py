"""What falls due, in words that digest, calendar and pages share."""

from django.utils.text import Truncator

from plans4p.models import Action, Aim, AncillaryOrder, Partner, Plan
from plans4p.presenters.plans import progress_in_words
from plans4p.selectors.due import Item, What

LENGTH = 100
LABELS = {
    What.ACTION: "Action due",
    What.AIM: "Aim due",
    What.REVIEW: "Plan to be reviewed",
    What.ORDER_ENDS: "Order ends",
    What.RELEASE: "Release from custody",
    What.AGREEMENT: "Sharing agreement ends",
}


def title(item: Item) -> str:
    """What it is about, short: titles and references, no names of people."""
    match item.record:
        case Action() as action:
            return f"{action} ({action.plan.reference})"
        case Aim() as aim:
            return f"{aim.get_four_p_display()}: {Truncator(aim.change).chars(LENGTH)} ({aim.plan.reference})"
        case Plan() | AncillaryOrder() as record:
            return str(record)
        case Partner() as partner:
            return f"{partner.sharing_agreement}, with {partner}"
        case other:
            raise TypeError(f"Nothing falls due on a {type(other).__name__}.")


def note(item: Item) -> str:
    """What to know of it besides, or ""."""
    match item.record:
        case Action() as action:
            return action.owner or "nobody is named to do it"
        case Aim() as aim if item.progress:
            return progress_in_words(aim, item.progress)
        case AncillaryOrder() as order if item.what == What.RELEASE and not order.release_plan:
            return "nothing is planned for it yet"
        case _:
            return ""
