"""Pages of the risk register: as published, and being kept."""
