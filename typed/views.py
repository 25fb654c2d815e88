"""The sign of life that a page asks for before it sends what was typed."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from typed import pages
from typed.owner import page_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request):
    """Who is signed in, with a token that stands now. A POST signs in, in place.

    ``page_of`` is what the forms of this person carry, ``post`` what the person is called; both
    are "" for nobody. A POST that may not sign in is answered 401 with why.
    """
    problem = ""
    if request.method == "POST" and not request.user.is_authenticated:
        problem = pages.sign_in(request)
    signed_in = request.user.is_authenticated
    body = {
        "page_of": page_of(request),
        "post": request.user.post if signed_in else "",
        "token": get_token(request),
        "problem": problem,
    }
    return JsonResponse(body, status=401 if problem else 200)
