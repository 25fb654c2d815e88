"""Who may post, and what becomes of what was typed when they may not. Closed by default."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect

from typed import pages
from typed.addresses import page_of
from typed.carrying import held, wants_json
from typed.owner import owner_of


class SignedInMiddleware(LoginRequiredMiddleware):
    """Asks for sign-in where an address is not marked public; what was posted is carried along.

    A page's words go on only for the person whose page it was. Where a view refuses a post, the
    words are shown to copy.
    """

    def __call__(self, request):
        response = super().__call__(request)
        if getattr(response, "status_code", None) == 405 and request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(page_of(request))
        if isinstance(response, HttpResponseNotAllowed) and request.method == "POST":
            return pages.only_read(request, allowed=response["Allow"])
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.method != "POST" or not getattr(view_func, "login_required", True):
            return super().process_view(request, view_func, view_args, view_kwargs)
        if not request.user.is_authenticated and (answer := pages.sign_in_again(request)):
            return answer
        owner = owner_of(request)
        if owner is not None and owner != request.user.pk:
            return pages.other_person(request, owner)
        return None

    def process_exception(self, request, exception):
        if request.method != "POST" or not isinstance(exception, PermissionDenied | Http404):
            return None
        if not (held(request).typed or wants_json(request)):
            return None
        if isinstance(exception, PermissionDenied):
            return pages.not_saved(request, 403, "You may not do that", pages.NO_LONGER)
        return pages.not_saved(request, 404, "Page not found", pages.NOT_THERE)


def csrf_failure(request, reason=""):
    """The response to a post whose CSRF token is out of date; never a bare refusal.

    It goes on only where the form was one of ours for this person: ``page-of`` is signed, and
    another site has none.
    """
    owner, user = owner_of(request), request.user
    ours = owner is not None and reason.startswith("CSRF")
    if ours and not user.is_authenticated:
        if wants_json(request):
            return pages.sign_in_again(request)
        return pages.asked_to_sign_in(request)
    if ours and owner != user.pk:
        return pages.other_person(request, owner)
    if ours and not wants_json(request):
        return pages.go_on(request)
    sentence = (
        "This form is older than your browser’s last sign-in here, or came from another place. "
        "Nothing was done."
    )
    return pages.not_saved(
        request, 403, "Send that again", sentence, again=request.get_full_path(), reason="token"
    )
