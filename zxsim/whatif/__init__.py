"""What-ifs: runs beside each other."""
