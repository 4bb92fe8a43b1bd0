"""Personal data: export, erasure, retention, key rotation, and reports after a breach."""
