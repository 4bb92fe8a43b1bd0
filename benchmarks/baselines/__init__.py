"""The bots that Loket is measured against, each written as its library's own documentation would."""
