"""What ``make run`` and ``make test`` need: packages, a database, an address to listen on."""
