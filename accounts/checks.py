"""What a deployment must not have: accounts with a password that everybody knows."""

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, OperationalError

from accounts.models import User


@checks.register(checks.Tags.security, deploy=True)
def no_open_demonstration_accounts(app_configs, **options):
    """Fails outside a demonstration while accounts of one are open."""
    if settings.DEMONSTRATION:
        return []
    try:
        number = User.objects.filter(is_demonstration=True, is_active=True).count()
    except OperationalError:
        # Not a fault of the settings: the health page reports it.
        return [
            checks.Info(
                "The database does not answer, so its accounts were not looked at.",
                hint="Run the check again where the database of DATABASE_URL answers.",
                id="accounts.I001",
            )
        ]
    except DatabaseError:
        # Nothing is in it yet.
        return []
    if not number:
        return []
    return [
        checks.Error(
            f"{number} demonstration accounts are open, whose password everybody can read.",
            hint="Run `python manage.py close_demonstration_accounts`.",
            id="accounts.E001",
        )
    ]
