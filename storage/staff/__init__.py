"""Staff: members, rights, console sessions and jobs."""
