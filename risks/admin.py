"""A council's matrix and bands as data. A new one is added; none is changed."""

from django.contrib import admin

from bcfportal.lib import clock
from risks.models import RiskScale


@admin.register(RiskScale)
class RiskScaleAdmin(admin.ModelAdmin):
    list_display = ["council", "on"]
    exclude = ["recorded_at"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.recorded_at = clock.now()
        super().save_model(request, obj, form, change)
