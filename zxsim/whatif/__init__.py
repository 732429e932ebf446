"""What if: scenarios and plans side by side."""
