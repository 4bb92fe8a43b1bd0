"""Appointments: seats, bookings, the waiting list with its offers, closed times, and the counter's day."""
