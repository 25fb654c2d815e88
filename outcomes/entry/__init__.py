"""The measures of a return: entered on a grid, checked, pasted into, and reviewed."""
