"""Modules imported before a fork: the product's, and libraries that it imports late."""

import gc
import importlib
import pkgutil

import aiogram
import aiohttp
import alembic.command
import asyncpg
import babel.dates
import babel.numbers
import rich.markup
import rich.table
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.dialects.sqlite.aiosqlite
import telegram.ext
import uvicorn
import uvloop

import bot
import domain
import handlers
import locales
import storage

LATE = (aiogram, aiohttp, alembic, asyncpg, babel, rich, sqlalchemy, telegram, uvicorn, uvloop)
for package in (domain, storage, locales, handlers, bot):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__") and ".migrations.versions" not in module.name:
            importlib.import_module(module.name)
gc.freeze()  # imported objects stay shared between forks
