"""The least that a Django view could do with a visitor's form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from benchmarks.models import BareLead
from wagtail_consent.optin.signup import shown


@csrf_exempt
@require_POST
def sign_up(request: HttpRequest, digest: str) -> HttpResponse:
    form = shown.get(digest).form(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_json(), status=422)
    email = form.cleaned_data["email"]
    BareLead.objects.create(email=email, data=form.cleaned_data)
    return HttpResponseRedirect("/thanks/")
