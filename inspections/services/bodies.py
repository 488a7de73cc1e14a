"""Whether an inspection speaks of a body at all."""

from django.core.exceptions import ValidationError

from forces.models import Membership, Organisation, Region
from inspections.models import Inspection


def check_covered(inspection: Inspection, organisation: Organisation) -> None:
    """Refuse a record about an organisation that its inspection did not look at, whatever its region is by now.

    Raises ValidationError on the field.
    """
    if inspection.organisation_id:
        covered = organisation.pk == inspection.organisation_id
    else:
        covered = Membership.objects.filter(organisation=organisation, region=inspection.region_id).exists()
    if not covered:
        raise ValidationError({"organisation": f"“{inspection}” is not about {organisation}."})


def check_region(inspection: Inspection, region: Region) -> None:
    """Refuse a record about a region whose inspection was of another. Raises ValidationError on the field."""
    if region.pk != inspection.region_id:
        raise ValidationError({"region": f"“{inspection}” is not about {region}."})
