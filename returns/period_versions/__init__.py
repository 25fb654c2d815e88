"""Versions of a quarter: made, compared, carried to later periods, and read."""
