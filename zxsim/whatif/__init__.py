"""What-ifs: runs beside each other, and one scenario at many points."""
