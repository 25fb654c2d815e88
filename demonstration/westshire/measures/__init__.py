"""The council's measures in the story: definitions, figures, report cards, months."""
