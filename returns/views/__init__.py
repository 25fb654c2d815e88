"""Pages of the quarter, for those who write, check and publish."""
