"""Staff: who they are, what they may, their sessions in the console and their long work."""
