"""The register of applications: taken in from files, seen through one guarded door, changed at the counter."""
