"""Stands in place of Django's ``{% csrf_token %}`` in every template, those of other packages too."""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from soc_tracker.core.posting.sent import FIELD, new_token

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> SafeString:
    """Django's protection from other sites' forms and, for somebody signed in, the token of this one opened form."""
    protection = SafeString(CsrfTokenNode().render(context))
    request = context.get("request")
    if not protection or request is None or not request.user.is_authenticated:
        return protection
    return format_html('{}<input type="hidden" name="{}" value="{}">', protection, FIELD, new_token(request.user.pk))
