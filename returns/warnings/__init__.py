"""What who writes and who checks a return is told of it beside what is typed."""
