"""The addresses that browsers meet, below the prefix that the host site chose."""

from __future__ import annotations

from django.urls import path

from .views.choice import ChoiceView
from .views.record import ForgetView, ReceiptView

app_name = "wagtail_consent_cookies"

urlpatterns = [
    path("site-choice/<str:language>/", ChoiceView.as_view(), name="choice"),
    path("site-choice/<str:language>/receipt/", ReceiptView.as_view(), name="receipt"),
    path("site-choice/<str:language>/forget/", ForgetView.as_view(), name="forget"),
]
