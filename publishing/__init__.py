"""The engine: periods, returns, versions, what is withdrawn, and the frame of every page."""
