"""A quarter's returns: opened, written, reviewed, approved and published, and who is reminded."""
