"""What can be chosen on the dashboard: exceptions only, a theme, a lead, an order."""

from django import forms
from django.http.request import QueryDict

from bcfportal.lib.forms import field_of
from outcomes.vital_signs.dashboard import SORTS, Row

NOBODY = "none"


class DashboardFilterForm(forms.Form):
    """What is chosen lives in the address. A choice that is none chooses everything."""

    show = forms.ChoiceField(
        label="Show", choices=[("", "All measures"), ("exceptions", "Exceptions only")]
    )
    theme = forms.ChoiceField(label="Theme")
    lead = forms.ChoiceField(label="Lead")
    sort = forms.ChoiceField(label="Order", choices=list(SORTS.items()))

    def __init__(self, data: QueryDict, *, rows: list[Row]) -> None:
        super().__init__(data)
        themes = dict.fromkeys(row.measure.theme for row in rows if row.measure.theme)
        leads = dict.fromkeys(row.measure.lead for row in rows if row.measure.lead)
        field_of(self, "theme", forms.ChoiceField).choices = [
            ("", "All themes"),
            *((theme, theme) for theme in themes),
        ]
        field_of(self, "lead", forms.ChoiceField).choices = [
            ("", "Everyone"),
            *((lead, lead) for lead in leads),
            (NOBODY, "No lead printed"),
        ]
        for field in self.fields.values():
            field.required = False
        self.is_valid()

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sort") or "attention"

    def chosen(self, rows: list[Row]) -> list[Row]:
        wanted = self.cleaned_data
        lead = wanted.get("lead")
        return [
            row
            for row in rows
            if (wanted.get("show") != "exceptions" or row.status.met)
            and (not wanted.get("theme") or row.measure.theme == wanted["theme"])
            and (not lead or row.measure.lead == ("" if lead == NOBODY else lead))
        ]

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("show", "theme", "lead"))
