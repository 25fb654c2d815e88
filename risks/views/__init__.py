"""Pages of the risk register: for readers, and for those who maintain it."""
