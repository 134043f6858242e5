"""Whom the file lets in, asked on the gateway's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core import public_keys
from okrtui.core.errors import Invalid
from okrtui.service import keys
from okrtui.service.session import utc_now

if TYPE_CHECKING:
    import asyncssh

    from okrtui.core.public_keys import PublicKey
    from okrtui.service.keys import Holder
    from okrtui.store.gateway import Gateway


class FileDoors:
    """The keys and codes of the file that a gateway has open."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def known(self, key: asyncssh.SSHKey) -> Holder | None:
        """Whose key it is, None where it lets nobody in."""
        blob = key.public_data
        return await self._gateway.read(lambda store: keys.holder(store, blob))

    async def may_hand_in(self, key: asyncssh.SSHKey) -> bool:
        """Whether a code is open, so that a key which is nobody's may come with one."""
        try:
            _public(key)
        except Invalid:
            return False
        return await self._gateway.read(lambda store: keys.codes_are_open(store, utc_now()))

    async def redeem(self, code: str, key: asyncssh.SSHKey) -> str:
        """Let a key in by a code; whose it is now, by handle.

        Raises:
            NotAllowed: no such code is open.
            Invalid: the key is somebody's already, or of a kind that is not let in.
        """
        found = _public(key)
        return await self._gateway.write(lambda store: keys.redeem(store, code, found))


def _public(key: asyncssh.SSHKey) -> PublicKey:
    return public_keys.from_blob(key.get_algorithm(), key.public_data)
