from django.apps import AppConfig


class TypedConfig(AppConfig):
    """What people type into any form: carried, merged, done once. It knows no subject."""

    name = "typed"
