"""Addresses of signing in and out, and of one's own account."""

from django.contrib.auth.decorators import login_not_required as public
from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", public(LogoutView.as_view()), name="sign-out"),
    path("end-session/", views.end_session, name="end-session"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("password/", views.ChangePasswordView.as_view(), name="change-password"),
    path("forgotten-password/", public(views.forgotten_password), name="forgotten-password"),
    path("forgotten-password/sent/", public(views.link_sent), name="link-sent"),
    path(
        "new-password/<uidb64>/<token>/",
        public(views.NewPasswordView.as_view()),
        name="new-password",
    ),
    path("invitation/<uidb64>/<token>/", public(views.InvitationView.as_view()), name="invitation"),
]
