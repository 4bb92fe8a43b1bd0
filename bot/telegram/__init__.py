"""The Telegram channel: our structs hear, aiogram answers, python-telegram-bot pushes, one pacer for both.

Only replies.py imports aiogram (and updates.py, for an update that the structs cannot read), only pushes.py imports
python-telegram-bot; channel.py loads them when a channel is built, so that nothing else in the house pays for them.
"""
