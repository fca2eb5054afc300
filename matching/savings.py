"""Keeping something in a folder, whole or not at all.

The folder holds one subfolder for each saving and a small file that names the present one. A saving
is written aside and becomes present by replacing that file, so a crash leaves the last one whole
and those who have it open keep it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Savings:
    """The savings in a folder.

    Parameters
    ----------
    prefix
        What the names of their subfolders begin with.
    pointer
        The name of the file that names the present one.
    """

    folder: Path
    prefix: str
    pointer: str

    def present(self) -> str:
        """Give the name of the present saving; empty when nothing was saved.

        Raises
        ------
        OSError
            When the pointer cannot be read.
        ValueError
            When it names no saving of these.
        """
        try:
            name = (self.folder / self.pointer).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""
        if not name.startswith(self.prefix) or Path(name).name != name:
            raise ValueError(f"{self.pointer} names nothing that was saved here.")
        return name

    def save(self, write: Callable[[Path], None]) -> Path:
        """Let something be written into a new subfolder, and make it the present one.

        Raises
        ------
        OSError
            When the folder cannot be written to; what was saved before is as it was.
        """
        aside = Path(tempfile.mkdtemp(prefix=self.prefix, dir=self.folder))
        try:
            write(aside)
            draft = aside / self.pointer
            write_durably(draft, aside.name)
            draft.replace(self.folder / self.pointer)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        return aside

    def remove(self, name: str) -> None:
        """Remove a saving: files that somebody has open stay theirs until they let go."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def remove_all_but(self, name: str) -> None:
        """Remove what earlier savings left, whole or half done."""
        for path in self.folder.glob(f"{self.prefix}*"):
            if path.name != name:
                self.remove(path.name)


def write_durably(path: Path, text: str) -> None:
    """Write a text, and wait until it would survive a power cut."""
    with path.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
