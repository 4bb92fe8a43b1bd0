"""Announcements on their way: from an officer's file or words to every recipient, once."""
