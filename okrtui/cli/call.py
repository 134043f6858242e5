"""One call of the command: which file it is about, who calls, and how the answer is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from okrtui.cli import output
from okrtui.core.errors import NotAllowed
from okrtui.core.names import parse_ref
from okrtui.remote import identity
from okrtui.store.file import Store
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.service.session import Session

PLACE = "OKRTUI_DB"


@dataclass
class Call:
    """What the options in front of a command say; the file is opened when a command asks for it."""

    db: str | None
    acting_as: str | None
    environ: Mapping[str, str]
    json: bool = False
    key: str | None = None
    """The fingerprint of the key that a forced command names: the file and the person are fixed then."""

    @cached_property
    def account(self) -> identity.Account:
        """The accounts behind this process."""
        return identity.account(self.environ)

    @cached_property
    def path(self) -> Path:
        """Where the file is: ``--db``, else ``OKRTUI_DB``, else the platform's folder for this account's data.

        Raises:
            NotAllowed: ``--db`` from somebody who came by sudo, whose file is fixed.
        """
        if self.db is None:
            named = self.environ.get(PLACE)
            return Path(named) if named else default_path()
        if self.account.is_lent:
            raise NotAllowed("Who comes by sudo works in the file that is set up for them: leave --db out.")
        return Path(self.db)

    @cached_property
    def store(self) -> Store:
        """The file, opened; closed when the command ends.

        Raises:
            StoreError: it cannot serve.
        """
        import click  # noqa: PLC0415 - the interface, which closes its file itself, does without

        return click.get_current_context().with_resource(Store.open(self.path))

    @cached_property
    def session(self) -> Session:
        """Whoever calls, at the file.

        Raises:
            NotAllowed: nobody here, switched off, or not to act as another.
        """
        return self.identify(self.store)

    def identify(self, store: Store) -> Session:
        """Whoever calls, at a file that is open.

        Raises:
            NotAllowed: nobody here, switched off, or not to act as another.
            StoreError: the file is in maintenance, which does not keep out its owner, as themselves.
        """
        store.in_charge = self.is_owner
        store.look()
        if self.key is not None:
            return identity.identify_by_key(store, self.key, self.acting_as)
        return identity.identify(store, self.environ, self.acting_as)

    @property
    def is_owner(self) -> bool:
        """Whether the file's owner calls as themselves: not by sudo, not over SSH, and not acting as somebody."""
        return (
            self.key is None and identity.played(self.environ, self.acting_as) is None and self.account.owns(self.path)
        )

    @cached_property
    def owners_session(self) -> Session:
        """The file's owner at the file: as the person they are in it, else, or where that one is switched off, as its operator.

        For commands that the owner of the file alone may give, after :meth:`must_own`.
        """
        return identity.owner(self.store, self.environ)

    def must_own(self, what: str) -> None:
        """Let the owner of the file pass.

        Raises:
            NotAllowed: for anybody else; ``what`` begins the sentence.
            StoreError: there is no file.
        """
        with file_sentences(self.path):
            owns = not self.path.exists() or self.is_owner
        if not owns:
            raise NotAllowed(f"{what} is for the owner of {self.path}, as themselves: ask whoever keeps the file.")

    def must_be_at_home(self, option: str) -> None:
        """Let those pass who work in an account of their own.

        Raises:
            NotAllowed: for somebody who came by sudo or over SSH, for whom no file but the one is touched.
        """
        self.must_name_no_file(f"leave {option} out, and redirect the output")

    def must_name_no_file(self, instead: str) -> None:
        """Let those pass who work in an account of their own, and may name its files.

        Raises:
            NotAllowed: for anybody else; ``instead`` ends the sentence.
        """
        if self.key is not None or self.account.is_lent:
            way = "by sudo" if self.key is None else "over SSH"
            raise NotAllowed(f"Who comes {way} touches no other file: {instead}.")

    def tell(self, text: Callable[[], str], value: Callable[[], object]) -> None:
        """Answer: ``text`` for people, nothing where it is empty; ``value`` as JSON."""
        if self.json:
            output.write(output.as_json(value()))
        elif said := text():
            output.say(said)

    def made(self, noun: str, name: str, **more: object) -> None:
        """Answer with the name of what was made or changed."""
        self.tell(lambda: name, lambda: {noun: name, **more})

    def changed(self, ref: str, **more: object) -> None:
        """Answer with the ref of what was made or changed, spelt as everywhere."""
        self.made("ref", str(parse_ref(ref)), **more)


def default_path() -> Path:
    """The file of this account where none is named."""
    from platformdirs import user_data_dir  # noqa: PLC0415 - only where no file is named

    return Path(user_data_dir("okrtui", appauthor=False)) / "okr.db"
