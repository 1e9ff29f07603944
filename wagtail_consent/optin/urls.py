"""The addresses that visitors meet, below the prefix that the host site chose."""

from __future__ import annotations

from django.urls import path

from .views.again import AgainView
from .views.confirm import ConfirmView
from .views.disown import DisownedView, DisownView
from .views.done import DoneView
from .views.download import DownloadView
from .views.submit import SentView, SubmitView
from .views.withdraw import WithdrawView

app_name = "wagtail_consent_optin"

urlpatterns = [
    path("form/", SubmitView.as_view(), name="submit"),
    path("form/sent/<str:token>/", SentView.as_view(), name="sent"),
    path("confirm/<str:token>/", ConfirmView.as_view(), name="confirm"),
    path("done/<str:token>/", DoneView.as_view(), name="done"),
    path("not-me/<str:token>/", DisownView.as_view(), name="disown"),
    path("not-me/done/<str:token>/", DisownedView.as_view(), name="disowned"),
    path("again/<str:token>/", AgainView.as_view(), name="again"),
    path("download/<str:token>/", DownloadView.as_view(), name="download"),
    path("withdraw/<str:token>/", WithdrawView.as_view(), name="withdraw"),
]
