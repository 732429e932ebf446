"""What-ifs: runs beside each other, and plans near another."""
