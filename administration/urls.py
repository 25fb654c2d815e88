"""Addresses of an administrator's screens, under the council's slug."""

from django.urls import path

from administration.views import start

app_name = "administration"
urlpatterns = [
    path("", start.start, name="start"),
]
