"""Colours: the contrast that WCAG 2.2 asks for."""

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def relative_luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of a colour such as "#1d5a8c" (WCAG 2.2, definitions)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """Contrast ratio, 1 to 21, of two colours (WCAG 2.2, definitions)."""
    lighter, darker = sorted((relative_luminance(colour), relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def validate_accent_colour(value: str) -> None:
    """A Django validator: a six-digit colour that white text can stand on (4.5 to 1)."""
    from django.core.exceptions import ValidationError

    if not _HEX.fullmatch(value):
        raise ValidationError("Enter a colour as # and six digits, like #1d5a8c.")
    if contrast(value, "#ffffff") < 4.5:
        raise ValidationError(
            "Choose a darker colour: white text on this one is too faint to read."
        )
