"""The form and the addresses of ledger uploads; the work is done in ``finance.ledger``."""
