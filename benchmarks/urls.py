from django.urls import path

from benchmarks.bare import sign_up
from tests.urls import urlpatterns

urlpatterns = [path("bare/<str:digest>/", sign_up), *urlpatterns]
