"""The council's return of a month: figures and report cards, written and reviewed."""
