"""Pictures from outside, decoded in separate processes without secrets."""
