"""Backups: every row of every table in one file that either engine can take back."""

from lended.operations.backups.checking import BackupRefused, verify
from lended.operations.backups.form import Manifest
from lended.operations.backups.restoring import restore
from lended.operations.backups.writing import write_backup

__all__ = ["BackupRefused", "Manifest", "restore", "verify", "write_backup"]
