"""What funds allocate to projects: changed, summed, drawn and compared."""
