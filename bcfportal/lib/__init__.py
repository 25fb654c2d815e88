"""Helpers filed by subject. Nothing here knows a model of the portal."""
