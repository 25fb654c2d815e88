"""Inviting people, and their answers: nobody joins a council without accepting."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import outbox
from accounts.asking import too_often
from accounts.links import invitation_tokens, link_to_set_password, whole_address
from administration.actions import answer, find_or_make_account, open_invitation
from administration.forms.people import WorkForm
from administration.models import Invitation
from administration.views.frame import for_administrators, render_screen, typed
from typed.addresses import stands_on


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, council):
    """Invites an address. The message is the same whether or not it has an account."""
    form = WorkForm(typed(request), council=council, submit="Invite")
    if not form.is_valid():
        return render_screen(request, "administration/invite.html", council, form=form)
    with transaction.atomic():
        sentence = _invited(request, council, form)
        # If no invitation goes out, no new account is left behind.
        transaction.set_rollback(bool(sentence))
    if sentence:
        form.add_error("email", sentence)
        return render_screen(request, "administration/invite.html", council, form=form)
    return redirect("administration:people", council.slug)


def _invited(request, council, form):
    """Invites the person, unless already invited; returns why it cannot, or an empty string."""
    given = form.cleaned_data
    user = find_or_make_account(email=given["email"], post=given["post"])
    if user.memberships.filter(council=council).exists():
        messages.success(request, f"{given['email']} already has a role here. Nothing is changed.")
    elif council.invitations.filter(user=user, answered_at=None).exists():
        # A second click on Invite: nothing is done twice.
        messages.success(request, f"{given['email']} is already invited. Nothing is changed.")
    elif sentence := _why_no_more(request, council, user):
        return sentence
    else:
        invitation = open_invitation(
            council=council,
            user=user,
            email=given["email"],
            post=given["post"],
            by=request.user,
            **form.roles_and_projects(),
        )
        _write_of(invitation)
        messages.success(request, f"An invitation is on its way to {given['email']}.")
    return ""


@stands_on("administration:people", "council")
@for_administrators
@require_POST
def invite_again(request, council, number):
    """Sends the mail of an open invitation again."""
    invitation = _open(council, number)
    if sentence := _why_no_more(request, council, invitation.user):
        messages.error(request, sentence)
    else:
        _write_of(invitation)
        messages.success(request, f"An invitation is on its way to {invitation.email}.")
    return redirect("administration:people", council.slug)


@stands_on("administration:people", "council")
@for_administrators
@require_POST
def withdraw_invitation(request, council, number):
    """Withdraws an open invitation; mail that has gone out cannot be recalled."""
    invitation = _open(council, number)
    answer(invitation, accepted=False)
    messages.success(request, f"The invitation to {invitation.email} is withdrawn.")
    return redirect("administration:people", council.slug)


@stands_on("accounts:account")
@require_POST
@transaction.atomic
def answer_invitation(request, council, number):
    """The invited person says yes or no, on the page of their own account."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("council")
        .filter(council__slug=council, pk=number, user=request.user)
        .first()
    )
    if invitation is None:
        raise Http404("No invitation of this person.")
    if invitation.answered_at is not None:
        messages.success(request, "You have already answered this invitation. Nothing is changed.")
        return redirect("accounts:account")
    accepted = request.POST.get("answer") == "accept"
    answer(invitation, accepted=accepted)
    name = invitation.council.name
    messages.success(
        request, f"You now work for {name}." if accepted else f"You declined to work for {name}."
    )
    return redirect("accounts:account")


def _open(council, number):
    invitation = council.invitations.filter(pk=number, answered_at=None).first()
    if invitation is None:
        raise Http404("No open invitation of this council.")
    return invitation


def _why_no_more(request, council, user):
    """Why no invitation can be sent to the person now, in a sentence; empty if one can.

    Counted by council, so that nobody learns of what others do.
    """
    if too_often(f"council {council.pk} to {user.pk}", settings.LINKS_AN_HOUR):
        return (
            f"{settings.LINKS_AN_HOUR} invitations went to this address within the hour. "
            "Check whether they arrived, or send another in an hour."
        )
    if too_often(f"person {request.user.pk}", settings.INVITATIONS_AN_HOUR):
        return (
            f"You have sent {settings.INVITATIONS_AN_HOUR} invitations within the hour. "
            "Try again in an hour."
        )
    return ""


def _write_of(invitation):
    user = invitation.user
    given = {"council": invitation.council, "roles": invitation.role_names}
    if user.has_usable_password():
        link = whole_address(reverse("accounts:account"))
        outbox.post(user, "mail/invited_to_work.txt", link=link, **given)
    else:
        link = link_to_set_password(user, "invitation", invitation_tokens)
        outbox.post(user, "mail/invitation.txt", link=link, **given)
