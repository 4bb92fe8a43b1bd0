"""What comes in and goes out: claimed messages, the outbox, receipts, errands, and whose turn it is to send."""
