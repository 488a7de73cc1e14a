"""The admin as a browser would use it: open a form, change some entries, send all of it back."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def url(model: type, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def entries(page: HttpResponse) -> dict[str, Any]:
    """What every field of the page's form and inlines holds."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    found = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in found.items() if value is not None}


def send(client: Client, address: str, page: HttpResponse | None = None, **changed: Any) -> HttpResponse:
    """Send the form of a page (opened now, if none is given) with some entries changed."""
    return client.post(address, entries(page or client.get(address)) | changed)


def errors(page: HttpResponse) -> dict[str, list[str]]:
    """What the form says is wrong, by field."""
    return dict(page.context["adminform"].form.errors)
