"""Pages of finance reports: as published, and being written."""
