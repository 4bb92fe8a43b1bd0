"""Announcements in the store.

audience     which applications, and which chats follow them
lifecycle    draft, release, undo, withdraw, pause, resume
freezing     recipients and their texts, written once; followers who come later
carrying     what may be sent now; when an announcement begins and ends
results      counts, the list, what came of each recipient
reconciling  planned is the sum of all states, always
"""
