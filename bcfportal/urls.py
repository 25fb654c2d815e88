"""All addresses. What belongs to no council comes first."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path

from demonstration.house_style import views as gallery
from typed.views import session

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/session/", public(session), name="session"),
    path("house-style/", public(gallery.house_style), name="house-style"),
    path("house-style/frame/", public(gallery.frame), name="house-style-frame"),
    path("account/", include("accounts.urls")),
    path("<slug:council>/administration/", include("administration.urls")),
    path("", include("programme.urls")),
]

handler400 = "bcfportal.faults.bad_request"
handler403 = "bcfportal.faults.forbidden"
handler404 = "bcfportal.faults.not_found"
handler500 = "bcfportal.unavailable.server_error"
