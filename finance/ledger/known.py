"""The codes that are known already, and which of them a spreadsheet mixes up with another."""

from collections.abc import Iterable

from bcfportal.lib import present
from bcfportal.lib.spreadsheets.retyped import (
    Made,
    makings,
    number_of,
    places_of_shortened,
    shortened,
)

# A code may look like many that are known; so many are named.
_NAMED = 4


class KnownCodes:
    """Codes in capitals. Looking for one costs the same however many are known."""

    def __init__(self, codes: Iterable[str] = ()) -> None:
        self._codes: set[str] = set()
        self._by_making: dict[Made, list[str]] = {}
        self._numbers: list[str] = []
        # For so many decimals: what each number is shortened to, and how many numbers are in it.
        self._shortened: dict[int, dict[str, list[str]]] = {}
        self._done: dict[int, int] = {}
        for code in codes:
            self.add(code)

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    def add(self, code: str) -> None:
        """Makes the code a known one."""
        if code in self._codes:
            return
        self._codes.add(code)
        for made in makings(code):
            self._by_making.setdefault(made, []).append(code)
            if made[0] == "number":
                self._numbers.append(code)

    def alike(self, code: str) -> list[str]:
        """The known codes that a spreadsheet may have made this one of, or the other way round."""
        codes: dict[str, None] = {}
        for made in sorted(makings(code), key=str):
            codes |= dict.fromkeys(self._by_making.get(made, ()))
        places = places_of_shortened(code)
        if places is not None:
            codes |= dict.fromkeys(self._shortened_to(places).get(code, ()))
        codes.pop(code, None)
        return list(codes)[:_NAMED]

    def _shortened_to(self, places):
        index = self._shortened.setdefault(places, {})
        for code in self._numbers[self._done.get(places, 0) :]:
            index.setdefault(shortened(present(number_of(code)), places), []).append(code)
        self._done[places] = len(self._numbers)
        return index
