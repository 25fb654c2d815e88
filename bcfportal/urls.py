"""All addresses. What belongs to no council comes first; see projects.models.RESERVED_SLUGS."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("accounts.urls")),
    path("<slug:council>/administration/", include("administration.urls")),
    path("", include("reporting.urls")),
]

handler400 = "bcfportal.faults.bad_request"
handler403 = "bcfportal.faults.forbidden"
handler404 = "bcfportal.faults.not_found"
handler500 = "bcfportal.unavailable.server_error"
