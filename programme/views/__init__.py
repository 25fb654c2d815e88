"""Pages of what is published. Each fetches the programme and shows it."""
