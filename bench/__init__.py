"""How fast the portal answers and how much it sends: ``make bench``. No test depends on a time."""

# How the databases of bench's own are named. No other database is ever written to or removed.
PREFIX = "bcfportal_bench_"
