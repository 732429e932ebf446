"""What-ifs: runs beside each other, plans near another, and one scenario at many points."""
