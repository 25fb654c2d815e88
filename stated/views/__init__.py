"""Pages of figures stated in words, and of what was said to come."""
