"""Versions of a period: what each act of publishing showed and corrected, and what stands."""
