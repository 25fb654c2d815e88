"""Accounts in Django's own admin, for whoever runs the installation."""

from django.contrib import admin

from accounts import outbox
from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Passwords are set by links that are sent by mail, never here."""

    list_display = ["email", "post", "is_active", "is_staff", "last_login"]
    search_fields = ["email", "post"]
    fields = ["email", "post", "is_active", "is_staff", "is_superuser"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        if change and "email" in form.changed_data:
            # To both addresses, so that a person who loses the account hears of it.
            for address in (form.initial["email"], obj.email):
                outbox.post(
                    obj, "mail/address_changed.txt", address=address, old=form.initial["email"]
                )
        super().save_model(request, obj, form, change)
