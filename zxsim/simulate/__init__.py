"""Households under a plan, month by month: who falls below the line, who is found, who is helped."""
