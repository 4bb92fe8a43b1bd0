"""What is held and how it ends: own data, erasure, retention, a new key, and the questions after a breach."""
