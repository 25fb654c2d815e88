"""Budget monitoring, reserves, capital and spending as pages, files and forms."""
