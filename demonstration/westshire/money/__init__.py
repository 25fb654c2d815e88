"""Finance reports and the ledger in the story."""
