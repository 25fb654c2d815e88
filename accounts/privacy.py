"""No browser or cache keeps private pages: after sign-out, Back shows none of them."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.utils.cache import patch_cache_control


class PrivatePages:
    """Sets ``no-store`` on every page that requires sign-in or is shown to a signed-in person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.asks_for_sign_in = False
        response = self.get_response(request)
        said = response.headers.get("Cache-Control", "")
        if "public" not in said and (request.asks_for_sign_in or _is_signed_in(request)):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request, view, arguments, keywords):
        # Django's own mark: an address asks for sign-in unless it says otherwise.
        request.asks_for_sign_in = getattr(view, "login_required", True)


def _is_signed_in(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session
