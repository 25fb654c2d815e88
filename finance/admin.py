"""The lists that money is reported by, in Django's own admin."""

from django.contrib import admin

from finance.models import CapitalScheme, ExpenditureArea, Reserve


@admin.register(ExpenditureArea)
class ExpenditureAreaAdmin(admin.ModelAdmin):
    list_display = ["name", "council", "parent", "order", "kind"]
    list_filter = ["council"]


@admin.register(Reserve)
class ReserveAdmin(admin.ModelAdmin):
    list_display = ["name", "council", "group", "order"]
    list_filter = ["council"]


@admin.register(CapitalScheme)
class CapitalSchemeAdmin(admin.ModelAdmin):
    list_display = ["name", "council", "order"]
    list_filter = ["council"]
