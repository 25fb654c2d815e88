"""What differs between the portal as it was and as it is: ``make compare BASE=<commit>``."""

# How the databases of a comparison are named. No other database is ever written to or removed.
PREFIX = "bcfportal_compare_"
