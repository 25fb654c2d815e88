"""Workbooks and CSV files: written, and what they make of a text that is typed into them."""
