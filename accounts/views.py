"""Signing in, one's own account, and setting a password by a link sent by mail."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.db.models import Model
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import outbox
from accounts.asking import too_often
from accounts.forms import (
    ChangePasswordForm,
    ForgottenPasswordForm,
    SetNewPasswordForm,
    SignInForm,
)
from accounts.links import invitation_tokens, link_to_set_password, reset_tokens
from accounts.lockout import address_of
from accounts.models import User
from accounts.sessions import own_sessions
from bcfportal.lib import present


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self):
        """People with an open invitation answer it first."""
        if open_invitations(self.request.user).exists():
            return reverse("accounts:account")
        return super().get_default_redirect_url()


def open_invitations(user):
    """The invitations that wait for the person's answer."""
    return user.invitations.filter(answered_at=None).select_related("council")


@require_GET
@login_required
def account(request):
    councils: dict[Model, list[str]] = {}
    for membership in request.user.memberships.select_related("council"):
        councils.setdefault(membership.council, []).append(membership.get_role_display())
    context = {
        "councils": councils.items(),
        "sessions": own_sessions(request.user),
        "invitations": open_invitations(request.user),
        "this": request.session.session_key,
    }
    return render(request, "accounts/account.html", context)


@require_POST
@login_required
def end_session(request):
    """Ends one of the person's own sessions, named as the account page lists them."""
    named = request.POST.get("session", "")
    for session in own_sessions(request.user):
        if session.name == named and session.session_key != request.session.session_key:
            session.delete()
            messages.success(request, "That session is ended.")
    return redirect("accounts:account")


@require_POST
@login_required
def sign_out_everywhere(request):
    request.user.end_sessions()
    update_session_auth_hash(request, request.user)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("accounts:account")


class ChangePasswordView(PasswordChangeView):
    """Django ends the person's other sessions with the change."""

    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form):
        response = super().form_valid(form)
        outbox.post(cast(User, self.request.user), "mail/password_changed.txt")
        messages.success(
            self.request, "Your password is changed. You are signed out everywhere but here."
        )
        return response


TOO_MANY_LINKS = (
    "Too many links have been requested from your network, so we cannot send another now. Try "
    "again in an hour, or ask the administrator of your council."
)


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request):
    form = ForgottenPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        # Counted for every address, so that nobody learns which ones have an account.
        if too_often(address_of(request) or "", settings.LINKS_FROM_A_PLACE):
            form.add_error(None, TOO_MANY_LINKS)
            return render(request, "accounts/forgotten_password.html", {"form": form}, status=429)
        user = form.person()
        if user and not too_often(f"account {user.pk}", settings.LINKS_AN_HOUR):
            link = link_to_set_password(user, "new-password", reset_tokens)
            outbox.post(user, "mail/forgotten_password.txt", link=link)
        return redirect("accounts:link-sent")
    return render(request, "accounts/forgotten_password.html", {"form": form})


@require_GET
def link_sent(request):
    """The same page whether or not there is such an account."""
    return render(request, "accounts/link_sent.html")


class NewPasswordView(PasswordResetConfirmView):
    """Sets a password by a link that was asked for."""

    template_name = "accounts/new_password.html"
    form_class = SetNewPasswordForm
    token_generator = reset_tokens
    success_url = reverse_lazy("accounts:sign-in")
    extra_context = {"invited": False}

    def form_valid(self, form):
        response = super().form_valid(form)
        if not self.extra_context["invited"]:
            outbox.post(present(self.user), "mail/password_changed.txt")
        messages.success(self.request, "Your password is set. Sign in with it.")
        return response


class InvitationView(NewPasswordView):
    """The same, by a link that an administrator sent."""

    token_generator = invitation_tokens
    extra_context = {"invited": True}
