"""Pages that people type into: a session that has ended asks who it is and carries on."""

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import render

from accounts.forms import SignInForm


def wants_json(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def unless_signed_in(request):
    """What to answer instead of the page; None where the person is signed in, or is by now.

    A visitor who only looks is sent to sign in. What somebody posts after their session has ended
    comes back in a sign-in form that carries every word along; a page that saves by itself is told.
    """
    if request.user.is_authenticated:
        return None
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=401)
    # The sign-in form itself, so that who may not sign in there may not here.
    sign_in = SignInForm(
        request,
        {
            "username": request.POST.get("sign-in-email", ""),
            "password": request.POST.get("sign-in-password", ""),
        },
    )
    if not sign_in.is_valid():
        return _sign_in_again(request)
    login(request, sign_in.get_user())
    return None


def _sign_in_again(request):
    held = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "sign-in-email", "sign-in-password")
    ]
    tried = "sign-in-email" in request.POST
    context = {"held": held, "tried": tried, "email": request.POST.get("sign-in-email", "")}
    return render(request, "returns/sign_in_again.html", context, status=401)
