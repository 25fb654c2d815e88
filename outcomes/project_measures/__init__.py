"""What the frozen content of a project says of its measures, and their table."""
