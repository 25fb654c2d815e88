"""What a deployment must set, in addition to what Django checks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def the_site_has_an_address(app_configs, **options):
    """Fails unless links in mail begin with the portal's own address."""
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
