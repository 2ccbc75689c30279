"""python offline.py COMMAND...: it, or a child, dies if it makes an IPv4 socket; there is no IPv6.

A filter of system calls that the kernel keeps (seccomp(2)), for libraries in C as for Python. An
IPv6 socket is refused with an error, as on machines without: urllib3, which spaCy imports, tries.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import struct
import sys

SOCKET = {"x86_64": 41, "aarch64": 198}.get(platform.machine(), 0)
"""The number of socket(2); 0 where it is not known here."""

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IS_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _FIRST_ARGUMENT = 0, 16  # places in struct seccomp_data
_KILL_PROCESS, _ERROR, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def forbid_network() -> None:
    """From here on there is none. Raises OSError where the kernel has no such filters."""
    steps = (  # what to do, steps to skip if so, and if not, with what
        (_LOAD, 0, 0, _NUMBER),
        (_IS_EQUAL, 0, 4, SOCKET),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_IS_EQUAL, 3, 0, socket.AF_INET),
        (_IS_EQUAL, 0, 1, socket.AF_INET6),
        (_RETURN, 0, 0, _ERROR | errno.EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL_PROCESS),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code)
    program = _Program(len(steps), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    forbid_network()
    os.execv(sys.argv[1], sys.argv[1:])
