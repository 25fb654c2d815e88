"""Of which council a record is."""

# By which fields a record is known to belong to another, the council first.
OWNERS = ("council", "risk", "saving", "paper", "option", "team", "report", "scale", "project")


def council_of(record):
    """The council of a record, by the records that it belongs to; None where it belongs to none."""
    for name in OWNERS:
        owner = getattr(record, name, None)
        if owner is not None:
            return owner if name == "council" else council_of(owner)
    return None


def is_made_up(record) -> bool:
    """Whether it is of Westshire."""
    council = council_of(record)
    return council is not None and council.made_up
