"""Roles with how many there are of each: 16 members, 2 chairmen, 1 vice-chair."""

import re

# What stands behind the noun of a role: "Member of the Forum", "Member elected to the Chair".
_BEHIND = re.compile(r" (?:of|for|to|on|in|at|from|with|elected|appointed|co-opted)\b.*", re.DOTALL)


def counted_role(count: int, role: str) -> str:
    """The number and its role within a sentence."""
    behind = _BEHIND.search(role)
    noun = role[: behind.start()] if behind else role
    rest = behind[0] if behind else ""
    noun = " ".join(_within(word) for word in noun.split(" "))
    return f"{count} {noun if count == 1 else _plural(noun)}{rest}"


def _within(word: str) -> str:
    """A word within a sentence; what is written in capitals stays so."""
    return word.lower() if word.title() == word else word


def _plural(noun: str) -> str:
    if noun.endswith(("man", "woman")):
        return f"{noun[:-2]}en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}s"
