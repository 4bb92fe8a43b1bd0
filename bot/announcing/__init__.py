"""Announcements: from an officer's file or text to every recipient, once."""
