"""The Telegram channel: our structs hear, plain calls leave as JSON, files through one of two libraries, at one pace.

aiogram carries the files of replies and reads an update that the structs cannot read; python-telegram-bot carries the files
of pushes. Only replies.py and updates.py import aiogram, only pushes.py imports python-telegram-bot; they are loaded when
they are needed.
"""
