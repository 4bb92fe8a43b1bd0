"""Pictures that people send: read in processes of their own, which have nothing to lose."""
