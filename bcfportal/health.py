"""The health check, for monitors that use the machine's IP address instead of its name."""

from programme.views.home import health


class HealthMiddleware:
    """Answers ``/health/`` before anything looks at the name that the request gives the host."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/health/":
            return health(request)
        return self.get_response(request)
