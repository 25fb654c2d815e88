"""What a deployment has to be told, beside what Django asks for."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def the_site_has_an_address(app_configs, **options):
    """Fails where links in mail would begin with anything but the portal's own address."""
    address = urlsplit(settings.SITE_ADDRESS_GIVEN)
    if settings.DEMONSTRATION or (address.scheme == "https" and address.hostname):
        return []
    return [
        checks.Error(
            "SITE_ADDRESS does not say where people reach the portal.",
            hint="Set SITE_ADDRESS to what links in mail begin with: https://portal.example.org",
            id="portal.E001",
        )
    ]
