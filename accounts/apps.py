from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts import checks, sessions  # noqa: F401

        # Django's own has the machine's clock, whatever day a demonstration stands on.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(sessions.signed_in_now, dispatch_uid="accounts.sessions.signed_in")
        user_logged_in.connect(sessions.remember, dispatch_uid="accounts.sessions.remember")
