from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts import checks, sessions  # noqa: F401

        user_logged_in.connect(sessions.remember, dispatch_uid="accounts.sessions.remember")
