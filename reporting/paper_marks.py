"""The lettered notes below a table of a paper."""

from string import ascii_lowercase


class Marks:
    """The notes below a table, each once, by the letters that stand for them in it."""

    def __init__(self):
        self.letters: dict[str, str] = {}

    def of(self, words: str) -> list[str]:
        if not words:
            return []
        at = len(self.letters)
        letter = ascii_lowercase[at % 26] * (at // 26 + 1)
        return [self.letters.setdefault(words, letter)]

    @property
    def listed(self) -> list[tuple[str, str]]:
        return [(letter, words) for words, letter in self.letters.items()]
