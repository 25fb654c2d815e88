"""What people enter of committees and meetings: forms, and what writes what they say."""
