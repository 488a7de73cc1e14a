"""The API asks for the permission that each of its views names, as pages do: see ``soc_tracker.lib.access``."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from soc_tracker.lib.access import may, permission_of


class NeededPermission(BasePermission):
    """Refuses those who do not hold the view's permission, and everybody where it names none."""

    message = "Your account may not read this. Ask an administrator of this site for the role that you need."

    def has_permission(self, request: Request, view: Any) -> bool:
        return may(request.user, permission_of(type(view), request.method or "", view.kwargs))
