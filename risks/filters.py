"""Which risks of the register to show, and in which order."""

import re

from django import forms
from django.http.request import QueryDict

from bcfportal.lib import present
from bcfportal.lib.forms import field_of
from bcfportal.lib.ratings import COLOURS
from risks.models.history import Level
from risks.register import Register

CELL = re.compile(r"(original|current|target)-([1-5])-([1-5])")
SORTS = {
    "": "Highest score first",
    "register": "Register order",
    "gap": "Furthest from target first",
}
EXCEPTIONS = "exceptions"
CHOOSE = "Choose {} from the list."


class RegisterFilterForm(forms.Form):
    """Which risks of the register to show, and in which order. Everything is optional."""

    show = forms.ChoiceField(
        required=False,
        choices=[("", "All risks"), (EXCEPTIONS, "Exceptions only")],
        error_messages={"invalid_choice": "Choose all risks or exceptions only."},
    )
    band = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": CHOOSE.format("a band")}
    )
    level = forms.ChoiceField(
        required=False,
        choices=[("", "All"), *Level.choices],
        error_messages={"invalid_choice": CHOOSE.format("a level")},
    )
    prospects = forms.ChoiceField(
        required=False,
        choices=[("", "All"), *((colour.value, colour.label) for colour in COLOURS)],
        error_messages={"invalid_choice": CHOOSE.format("prospects")},
    )
    sort = forms.ChoiceField(
        required=False,
        label="Order",
        choices=list(SORTS.items()),
        error_messages={"invalid_choice": CHOOSE.format("an order")},
    )

    def __init__(self, data: QueryDict, *, register: Register) -> None:
        super().__init__(data)
        self.register = register
        field_of(self, "band", forms.ChoiceField).choices = [("", "All")] + [
            (band.name, f"{band.name}, {band.low} to {band.high}") for band in register.scale.bands
        ]
        cell = CELL.fullmatch(data.get("cell", ""))
        self.cell = (cell[1], int(cell[2]), int(cell[3])) if cell else None

    @property
    def chosen(self) -> bool:
        """Whether anything narrows the list."""
        return bool(
            self.cell or any(self.data.get(name) for name in ("show", "band", "level", "prospects"))
        )

    @property
    def cell_words(self) -> str:
        """The chosen cell of the matrix in words; empty if none is chosen."""
        if not self.cell:
            return ""
        stage, likelihood, impact = present(self.cell)
        scale = self.register.scale
        when = {"original": "originally", "current": "now", "target": "in the target"}[stage]
        return (
            f"{when} of likelihood {likelihood} ({scale.likelihood(likelihood).lower()}) and "
            f"impact {impact} ({scale.impact(impact).lower()})"
        )

    def risks(self) -> list:
        """The chosen risks in the chosen order; all of them if the choice is not valid."""
        risks = list(self.register.risks)
        if not self.is_valid():
            return sorted(risks, key=lambda entry: -(entry.score or 0))
        wanted = self.cleaned_data
        if wanted["show"]:
            risks = [entry for entry in risks if entry.exception.yes]
        if wanted["band"]:
            risks = [
                entry for entry in risks if entry.now and entry.now.band.name == wanted["band"]
            ]
        if wanted["level"]:
            risks = [entry for entry in risks if entry.details.level == wanted["level"]]
        if wanted["prospects"]:
            risks = [entry for entry in risks if entry.prospects == wanted["prospects"]]
        if self.cell:
            risks = [entry for entry in risks if self._stands_in_cell(entry)]
        if wanted["sort"] != "register":
            risks.sort(key=lambda entry: -(entry.score or 0))
        if wanted["sort"] == "gap":
            risks.sort(key=lambda entry: -(entry.to_go or 0))
        return risks

    def _stands_in_cell(self, entry):
        stage, likelihood, impact = present(self.cell)
        position = entry.positions.get(stage)
        return bool(position) and (position.likelihood, position.impact) == (likelihood, impact)
