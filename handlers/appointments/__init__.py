"""Shared steps of the conversations about booking, moving and cancelling appointments."""
