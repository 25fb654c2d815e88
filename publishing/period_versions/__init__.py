"""Versions of a period: what each act of publishing showed, what it corrected, what stands."""
