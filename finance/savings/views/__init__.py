"""Pages of savings: as published, and being kept."""
