"""What is asked about amounts that are typed of savings: docs/rules/questions.md."""

from decimal import Decimal

from bcfportal.lib.forms import NumberField
from bcfportal.lib.sentences import listed
from finance.savings.fields import BaseGrid
from finance.savings.forms import OptionForm, SavingForm
from typed.asking import ask

# Less than this, in pounds, is rather a saving in £ million typed without the word.
LITTLE = 100


def very_little(rows: BaseGrid) -> list[Decimal]:
    """The amounts of the table, in pounds, that may be meant in millions; none that were kept so.

    Pages show savings in £ million, in which people then type them.
    """
    return [
        amount
        for row in rows.forms
        for name in row.changed_data
        if isinstance(field := row.fields[name], NumberField) and field.unit == "£"
        if isinstance(amount := row.cleaned_data.get(name), Decimal) and 0 < abs(amount) < LITTLE
    ]


def ask_about_little(form: SavingForm | OptionForm, rows: BaseGrid) -> None:
    """Asks whether such amounts are right, by a box that is on the page only then.

    An answer holds for these amounts and no others. The form has been checked before.
    """
    little = very_little(rows)
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
