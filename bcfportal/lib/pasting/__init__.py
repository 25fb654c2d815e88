"""Blocks copied from spreadsheets and documents, read by what they say."""
