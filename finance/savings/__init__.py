"""Savings, posts, options and changes as pages, files and forms; ``finance`` has what they say."""
