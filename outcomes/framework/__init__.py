"""The national outcomes framework, as pages and files show it."""
