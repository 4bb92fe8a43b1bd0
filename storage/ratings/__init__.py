"""Ratings and what follows from them: invitations, answers and their sums, cases."""
