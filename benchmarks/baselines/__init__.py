"""The bots compared with Loket, each written as its library's documentation does."""
