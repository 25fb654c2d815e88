"""Files of actuals: read, checked, previewed as a difference, applied whole or not at all."""
