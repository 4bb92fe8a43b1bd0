"""Ratings: invitations, answers and their sums, and cases."""
