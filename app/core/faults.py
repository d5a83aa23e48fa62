"""Errors of the machine: they say nothing about what was being done, and pass."""

from __future__ import annotations

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Nothing more can be written until somebody makes room."""

TROUBLE = FULL | {
    errno.EIO,
    errno.EROFS,
    errno.ENODEV,
    errno.ENXIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.EBUSY,
    errno.EAGAIN,
    errno.EDEADLK,
    errno.ENOLCK,
    errno.EINTR,
    errno.ENOMEM,
    errno.EMFILE,
    errno.ENFILE,
    errno.EACCES,
    errno.EPERM,
}
"""Errors of storage, of locks and of what the machine has too little of: the same may go well a little later."""


def is_full(error: OSError) -> bool:
    """Whether storage, or the quota of whoever writes, has no room left."""
    return error.errno in FULL


def is_of_the_machine(error: BaseException) -> bool:
    """Whether the machine failed, and not what was asked of it: no memory, or storage that is full, broken or locked."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in TROUBLE)
