"""What is asked about amounts that are typed of savings: docs/rules/questions.md."""

from collections.abc import Iterable
from decimal import Decimal

from django.forms import BaseForm

from bcfportal.lib.forms import NumberField
from bcfportal.lib.sentences import listed
from finance.savings.fields import BaseGrid
from typed.asking import ask

# Less than this, in pounds, is rather a saving in £ million typed without the word.
LITTLE = 100


def very_little(forms: Iterable[BaseForm]) -> list[Decimal]:
    """The amounts of checked forms, in pounds, that may be meant in millions.

    None that were kept so. Pages show savings in £ million, in which people then type them.
    """
    return [
        amount
        for form in forms
        for name in form.changed_data
        if isinstance(field := form.fields[name], NumberField) and field.unit == "£"
        if isinstance(amount := form.cleaned_data.get(name), Decimal) and 0 < abs(amount) < LITTLE
    ]


def ask_about_little(form: BaseForm, rows: BaseGrid | None = None) -> None:
    """Asks whether such amounts are right, by a box that is on the page only then.

    Those of the form itself and of the table below it. An answer holds for these amounts and no
    others. Both have been checked before.
    """
    little = very_little([form, *(rows.forms if rows else ())])
    if not little:
        return
    given = listed([f"£{amount:,.2f}" for amount in dict.fromkeys(little)])
    meant = f"{little[0].normalize():f}"
    ask(
        form,
        "pounds_are_right",
        " ".join(f"{amount.normalize():f}" for amount in little),
        f"{given} is very little for a saving. Amounts are in pounds here: for £{meant} million "
        f"enter {little[0] * 1_000_000:,.0f} or {meant}m. Or tick that it is right.",
        label="These amounts are right, in pounds",
    )
