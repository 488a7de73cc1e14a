"""Files of plans in the words of their pages."""

from plans4p.models import PlanFile
from plans4p.services.files import TOO_MANY, is_too_much
from soc_tracker.lib.tables import Column
from soc_tracker.lib.uploads import presenter

COLUMNS = (
    Column("heading", "Column", lambda names: names[0]),
    Column("others", "Also understood", lambda names: ", ".join(names[1:])),
)
UPLOADS = (presenter.FILE, presenter.STAGE, presenter.SENT_AT)


def notes(file: PlanFile) -> list[str]:
    """What the reader should know of a file of plans before deciding."""
    return [TOO_MANY] if is_too_much(file) else []
