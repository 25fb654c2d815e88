"""What the words of a file say of its rows: their sign, their unit, whether they are spent."""
