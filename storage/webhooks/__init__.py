"""Webhooks: targets, events written with the change that they tell, and their delivery."""
