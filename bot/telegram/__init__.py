"""The Telegram channel: structs parse updates, plain JSON calls send, libraries upload files; one pacer.

aiogram uploads files of replies and parses updates that the structs cannot; python-telegram-bot uploads files
of pushes. Only replies.py and updates.py import aiogram, only pushes.py python-telegram-bot, when first
needed.
"""
