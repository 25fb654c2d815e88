"""Texts that are hard on pages and papers: very long, one unbroken word, many scripts."""

from bcfportal.lib.figures import figure

LONGEST = 19_900
# What a team may say of a figure; each is said of several.
REMARKS = (
    "The team put this down to the meeting being held every week without fail.",
    "Two practices asked for the list to be shorter, and from October it is read by surname.",
    "A locum knew few of the people, so plans were looked at again in the following month.",
    "Families told the team that they like to hear from the same person each time.",
    "The figure moves with the season and was much the same a year ago.",
    "Three people account for most of it, and each has a meeting of their own.",
    "The voluntary sector worker found places at lunch clubs for those who had none.",
    "Records from before June were counted by hand and may be one or two out.",
    "A student on placement rang everybody who had not been seen since spring.",
    "The therapist's visits are now on Tuesdays, when the bus runs.",
    "Ambulance crews leave a note for the team, which is read the next morning.",
    "The district nurses changed their rounds so that two villages are on the same day.",
    "Nobody was turned away, though some waited longer than the team would wish.",
    "A change of telephone system lost a week of messages in August.",
    "The pharmacist of the largest practice now comes to every second meeting.",
    "People who live alone are rung on Fridays, so that a weekend does not become a crisis.",
    "The team shared what it learnt with its neighbours at the county meeting in September.",
    "Two workers were trained to fit simple equipment, which saves a second visit.",
    "The hospital sends its list at noon and not in the evening, which helps.",
    "A community café lends its back room, and more people come than to the clinic.",
    "What could not be done in the quarter is first on the list of the next.",
)
# One word of 300 characters, as it comes from a pasted link.
UNBROKEN = ("https://files.westshire.example/open?id=" + "Zk3qWvb7RtYxM9pLhN2s" * 13)[:300]

LONG_TEXTS = {
    ("seven-day-social-work", "2026-27-q2"): (
        f"Discharges on Sundays are up by a fifth. The rota of each weekend is at {UNBROKEN} and "
        "everybody on it has seen it."
    ),
    ("dementia-advisers", "2026-27-q2"): (
        "Advisers rang everyone who had not been in touch for a year. At the cafés people wrote on "
        "a wall what the visits mean to them:\n\n"
        "“Diolch o galon – mae’r prynhawniau hyn yn ein cadw ni i fynd.”\n\n"
        "“Dziękuję. Mąż znów śpiewa, a ja mam chwilę dla siebie.”\n\n"
        "“Ευχαριστούμε πολύ· η μητέρα μου περιμένει κάθε Τρίτη.”\n\n"
        "“شکریہ، یہاں آ کر دل ہلکا ہو جاتا ہے۔”\n\n"
        "“شكرًا لكم، أبي يبتسم من جديد (كل أسبوع).”\n\n"
        "“谢谢你们,妈妈每个星期二都很开心。”\n\n"
        "“Best cake in the county 🍰👵🏽❤️ see you Tuesday 👍”\n\n"
        # Letters that are made of a letter and a mark, and one with many marks.
        "“Merci, Zoë and Séan – a\u0301 bientôt, o\u0302 joie, Vie\u0323\u0302t Nam!”"
    ),
}


def locality_report(rows) -> str:
    """A report on every figure of every locality, as long as a text may be."""
    by_locality: dict[str, list[str]] = {}
    for number, row in enumerate(rows):
        of = by_locality.setdefault(row.segment_name, [])
        # Each locality says something else of the same measure.
        remarks = " ".join(REMARKS[(number * 5 + step) % len(REMARKS)] for step in (0, 8, 13))
        result = figure(row.value, row.unit, row.measure.decimals)
        before = f" after {row.last.text} last time" if row.last else ""
        target = f" The target: {row.target_words.lower()}." if row.target is not None else ""
        of.append(f"{row.measure.text}: {result}{before}.{target} {remarks}")
    text = "\n\n".join(f"{name}. " + " ".join(said) for name, said in by_locality.items())
    if len(text) <= LONGEST:
        return text
    return text[: text.rindex(". ", 0, LONGEST) + 1]
