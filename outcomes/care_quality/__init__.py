"""Ratings of providers by the regulator, as pages and files show them."""
