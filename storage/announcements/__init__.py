"""Announcements in the store.

audience         applications that an announcement concerns, and the chats that follow them
drafts           draft and release
freeze           recipients and their texts, written once
delivery         what may be sent now; start, end and late followers
control          undo, withdraw, pause, resume
results          counts, the list, one result per recipient
reconciliation   planned must equal the sum of all states
progress         what staff chats are told
swaps            another pickup day
"""
