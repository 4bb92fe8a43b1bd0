"""Messages: claimed ones, outbox, receipts, errands, and the lease on sending."""
