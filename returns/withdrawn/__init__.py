"""What was withdrawn and still stands where people work: what is taken of it, and who is told."""
