"""Forms that are sent: once, however often they are pressed, and never with the loss of what was typed.

``{% csrf_token %}`` puts a token of its own into every form that is opened (``tokens``). The middleware takes the token
in the same transaction as the write, so that a second press leads where the first one led. A form that comes too late
(the session ended, its token is stale, the database is busy) or that its view gives back with ``GiveBack`` is kept for
the person who opened it, in the browser that sent it, and its page comes back with what was typed.
"""

from soc_tracker.core.posting.sent import GiveBack

__all__ = ["GiveBack"]
