"""Pages of a council's measures."""
