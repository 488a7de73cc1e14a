"""How far the actions of a plan stand, nearly word for word, in other plans: worked out in the background and kept."""

from django.db import models
from django.db.models import F, Q

from plans4p.aims.models import Action
from plans4p.plans.models import Plan
from soc_tracker.core.records.models import VisibleQuerySet


class LikenessCheck(models.Model):
    """When the actions of a plan were last compared with those of all others. Derived, so without history."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="likeness_check")
    checked_at = models.DateTimeField()
    actions = models.PositiveSmallIntegerField(help_text="How many of its actions were compared.")

    class Meta:
        ordering = ["plan"]

    def __str__(self) -> str:
        return f"{self.plan.reference}, compared at {self.checked_at}"


class Likeness(models.Model):
    """An action stands, nearly word for word, in another plan. Derived, so without history; kept both ways round, and
    read from the plan of the action: whether one may be named hangs on the other.

    ``ratio`` is the likeness of the two texts from 0 to 100; see ``soc_tracker.core.text.likeness``.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="likenesses")
    other_plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    ratio = models.PositiveSmallIntegerField()
    reached_by = "other_plan__organisation"

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "action", "-ratio", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "other"], name="likeness_once"),
            models.CheckConstraint(condition=~Q(plan=F("other_plan")), name="likeness_is_across_plans"),
            models.CheckConstraint(condition=Q(ratio__lte=100), name="likeness_ratio"),
        ]

    def __str__(self) -> str:
        return f"{self.action} stands in {self.other_plan.reference}"
