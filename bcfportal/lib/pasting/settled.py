"""What the columns of a block are once all of them are known: two for one place are asked about."""

from dataclasses import replace

from bcfportal.lib.pasting.meaning import OUT, Meaning


def settled(
    meanings: dict[int, Meaning], units: dict[int, str], of_words: frozenset[str] = frozenset()
) -> dict[int, Meaning]:
    """The meanings taken together: two for one place are asked about; the rest is left out.

    ``of_words`` are the choices of words: that one is placed tells nothing of columns of figures.
    A share and a count under one head are not two for one place: each goes to the rows of its unit.
    """
    taken: dict[tuple[str, bool, bool], list[int]] = {}
    for number, meaning in meanings.items():
        if meaning.choice not in ("", OUT):
            key = (meaning.choice, meaning.so_far, units[number] == "%")
            taken.setdefault(key, []).append(number)
    twice = {
        number
        for (choice, so_far, is_share), numbers in taken.items()
        for others in [taken.get((choice, so_far, not is_share), ())]
        if len(numbers) > 1
        or (units[numbers[0]] not in ("%", "number") and others)
        or any(units[other] not in ("%", "number") for other in others)
        for number in numbers
    }
    known = any(
        meaning.choice not in ("", OUT, *of_words)
        for number, meaning in meanings.items()
        if number not in twice
    )
    by_column = {}
    for number, meaning in meanings.items():
        if number in twice:
            meaning = Meaning("", "Two columns may be this.", sure=False, asked=True)
        elif not meaning.choice:
            placed = any(choice == meaning.like for choice, *_ in taken)
            leave = known and (placed or not meaning.like) and not meaning.rivals
            meaning = replace(meaning, choice=OUT) if leave else replace(meaning, asked=True)
        by_column[number] = meaning
    return by_column
