"""Figures that papers state in words: over £80m, nearly 50%, about 1 in 5."""
