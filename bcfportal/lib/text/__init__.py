"""Texts: what people type read exactly, compared, bounded, and put with their numbers."""
