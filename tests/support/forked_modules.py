"""Modules imported before a fork: the product's, and libraries that it imports late."""

import gc
import importlib
import io
import os
import pkgutil
import tempfile
from contextlib import chdir, redirect_stdout
from functools import cache
from unittest import mock

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
import typer.main
import uvicorn
import uvloop

import bot
import domain
import handlers
import locales
import storage
from bot.cli.commands import app
from storage.vault import Vault
from tests.support import compiled

LATE = (aiogram, aiohttp, alembic, asyncpg, babel, rich, sqlalchemy, telegram, uvicorn, uvloop)
for package in (domain, storage, locales, handlers, bot):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__") and ".migrations.versions" not in module.name:
            importlib.import_module(module.name)


def _rehearse() -> None:
    """Run commands once on a database of their own: forks inherit the parser, compiled SQL and type hints."""
    typer.main.get_command = cache(typer.main.get_command)
    compiled.share()
    key = {"LOKET_SECRET_KEY": Vault.new_key()}
    with (
        tempfile.TemporaryDirectory() as folder,
        chdir(folder),
        mock.patch.dict(os.environ, key, clear=True),
        redirect_stdout(io.StringIO()),
    ):
        for words in (["staff", "list"], ["check"]):
            app(words, prog_name="loket", standalone_mode=False)


_rehearse()
gc.collect()
gc.freeze()  # imported objects stay shared between forks
