"""The portal's pages are read and its forms are sent: no other HTTP method is used here."""

from django.http import HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")


class OnlyReadAndSend:
    """Refuses any other method before a view has to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)
