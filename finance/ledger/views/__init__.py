"""Pages of the ledger and of what is uploaded into it."""
