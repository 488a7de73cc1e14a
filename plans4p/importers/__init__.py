"""4P plans from the spreadsheets that forces keep them in, to the record: see ``load``."""

from plans4p.importers.loading import Loading, load
from plans4p.importers.outcome import Outcome

__all__ = ["Loading", "Outcome", "load"]
