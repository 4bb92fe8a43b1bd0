"""The register of applications: import, the guarded look-up, and changes at the counter."""
