"""Forms that are sent whole: what is typed into one is kept, as typed, until it is sent."""
