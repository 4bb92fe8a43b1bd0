"""The Telegram channel: aiogram hears and answers, python-telegram-bot pushes, one pacer for both.

Only hears.py and replies.py import aiogram, only pushes.py imports python-telegram-bot; channel.py loads them when a
channel is built, so that nothing else in the house pays for them.
"""
