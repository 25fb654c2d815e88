"""Pages that put subjects together: overview, projects, papers, open data, discrepancies."""
