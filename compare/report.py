"""Differences as text: all of them for the file, the first of each for the terminal."""

from compare.differences import Comparison, Difference

# How much of one difference, and how many of them, a terminal is given.
LINES, WIDTH, MOST = 24, 240, 60
# How much of a long line is shown before the place where it changes.
LEAD = 60


def summary(comparison: Comparison, left_out: dict[str, int]) -> str:
    """What was compared, in a few lines."""
    counts = comparison.places
    parts = []
    if comparison.visitors:
        pages = _number(counts["text"], "page", "pages")
        files = _number(counts["files"], "file", "files")
        parts.append(f"{pages} and {files} as {comparison.visitors} visitors see them")
    if counts["schema"]:
        parts.append(_number(counts["schema"], "part", "parts") + " of the database's schema")
    lines = [f"Compared: {', '.join(parts) or 'nothing'}."]
    if comparison.broken:
        broken = sorted(comparison.broken)
        lines.append(f"Of these {len(broken)} fail now (500): {', '.join(broken[:5])}.")
    if left_out:
        told = "; ".join(f"{why}: {number:,}" for why, number in left_out.items())
        lines.append(f"Not visited: {told}.")
    return "\n".join(lines)


def short(differences: list[Difference]) -> str:
    """For the terminal."""
    told = [_told(one, every=False) for one in differences[:MOST]]
    if len(differences) > MOST:
        told.append(f"And {len(differences) - MOST} more.")
    return "\n\n".join(told)


def whole(differences: list[Difference]) -> str:
    """For the file: every place and every line."""
    return "\n\n".join(_told(one, every=True) for one in differences)


def _told(one: Difference, *, every: bool) -> str:
    places = sorted(one.places)
    head = [f"{place}{_by(one.places[place])}" for place in places]
    lines = one.lines
    if not every:
        if len(head) > 1:
            head = [head[0], f"and the same at {_number(len(head) - 1, 'other', 'others')}"]
        lines = _narrow(lines)
        if len(lines) > LINES:
            lines = [*lines[:LINES], f"... and {len(lines) - LINES} more lines"]
    return "\n".join([*head, *(f"    {line}" for line in lines)])


def _narrow(lines: list[str]) -> list[str]:
    """Long lines cut to a width; of a changed line the part with the change is shown."""
    cut = list(lines)
    for sign, other in (("-", "+"), ("+", "-")):
        ours = [n for n, line in enumerate(lines) if line.startswith(sign)]
        theirs = [line for line in lines if line.startswith(other)]
        for place, n in enumerate(ours):
            beside = theirs[place] if place < len(theirs) else ""
            same = _same(lines[n][2:], beside[2:])
            if len(lines[n]) > WIDTH and same > LEAD:
                cut[n] = f"{sign} ...{lines[n][2 + same - LEAD :]}"
    return [line if len(line) <= WIDTH else f"{line[:WIDTH]}..." for line in cut]


def _same(one: str, other: str) -> int:
    """How many letters the two begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _by(visitors: list[str]) -> str:
    return f"  ({', '.join(visitors)})" if any(visitors) else ""


def _number(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
