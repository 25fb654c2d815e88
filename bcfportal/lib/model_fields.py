"""Fields of models that several apps have."""

from typing import Any

from django.db import models

from bcfportal.lib.periods import validate_period_key


class PeriodKeyField(models.CharField):
    """The key of a financial year, quarter or month, such as 2017-18-q3; of a figure, also of a
    calendar year (2016) or a day (2017-03-01)."""

    default_validators = [validate_period_key]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 11)
        super().__init__(*args, **kwargs)
