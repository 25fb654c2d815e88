"""Pasting a block of amounts into a finance report."""
