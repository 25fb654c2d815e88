"""The pages that keep what was typed when it could not go where it was sent."""

from django.conf import settings
from django.contrib.auth import login
from django.http import JsonResponse
from django.shortcuts import render

from accounts.forms import SignInForm
from typed.carrying import held, wants_json
from typed.owner import person

EMAIL, PASSWORD = "sign-in-email", "sign-in-password"
NO_LONGER = (
    "You may not do that, or you no longer may: your role, what you are assigned to or who "
    "approves what may have changed. Ask the administrator of your council if you think you should "
    "be able to."
)
NOT_THERE = (
    "The page this was typed for is not there: it does not exist, or it is no longer one that you "
    "may see, because what you are assigned to may have changed."
)


def sign_in_again(request):
    """Signs the person in who has just typed a password, or the page that asks for it.

    Returns None where the person is signed in now: the press goes on to where it was sent.
    """
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=401)
    if EMAIL not in request.POST:
        return asked_to_sign_in(request)
    if problem := sign_in(request):
        return asked_to_sign_in(request, problem=problem, email=request.POST[EMAIL])
    request.POST = without_password(request.POST)
    return None


def sign_in(request) -> str:
    """Signs in who has typed a password; "" where that went well, else why not, in words."""
    # The sign-in form itself, so that who may not sign in there may not here.
    typed = {
        "username": request.POST.get(EMAIL, ""),
        "password": request.POST.get(PASSWORD, ""),
    }
    form = SignInForm(request, typed)
    if form.is_valid():
        login(request, form.get_user())
        return ""
    if getattr(request, "axes_locked_out", False):
        # Said here: the page of its own would have no room for the words.
        request.axes_locked_out = False
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        return (
            f"Too many tries. Try again in {minutes} minutes; "
            "what you typed stays on this page until then."
        )
    return str(next(error for errors in form.errors.values() for error in errors))


def asked_to_sign_in(request, *, problem="", email=""):
    """The page that carries what was sent and asks for a password, with status 401."""
    sent = held(request)
    context = {"held": sent.fields, "files": sent.files, "problem": problem, "email": email}
    return render(request, "typed/sign_in_again.html", context, status=401)


def without_password(posted):
    """The same fields without those that signed the person in."""
    posted = posted.copy()
    for name in (EMAIL, PASSWORD):
        posted.pop(name, None)
    return posted


def other_person(request, owner: int):
    """Says whose page it was, with the words to copy and status 409. Nothing is saved."""
    whose = person(owner)
    sentence = (
        f"This was typed on a page of {whose.post if whose else 'somebody else'}. "
        f"You are signed in as {request.user.post}, so none of it is saved."
    )
    return not_saved(request, 409, "This page was somebody else’s", sentence, reason="other person")


def go_on(request):
    """One press goes on with what was sent, with the token that stands now. Status 403."""
    sent = held(request)
    return render(
        request, "typed/go_on.html", {"held": sent.fields, "files": sent.files}, status=403
    )


def only_read(request, *, allowed):
    """For what is sent to an address that is only read: what was typed, and the way to its page."""
    why = "Nothing is sent from that page, so nothing was done. Open it, and press there again."
    answer = not_saved(
        request,
        405,
        "That page is only read",
        why,
        again=request.get_full_path(),
        reason="only read",
    )
    answer["Allow"] = allowed
    return answer


def not_saved(request, status, heading, sentence, *, again="", reason=""):
    """What was typed, to copy, under a sentence of why it is not saved; the same as JSON."""
    if wants_json(request):
        return JsonResponse({"reason": sentence, "refused": reason or True}, status=status)
    sent = held(request)
    return render(
        request,
        "typed/not_saved.html",
        {
            "heading": heading,
            "words": sentence,
            "again": again,
            "typed": sent.typed,
            "files": sent.files,
        },
        status=status,
    )
