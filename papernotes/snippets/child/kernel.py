"""What the Linux kernel can refuse a snippet, with or without root.

The audit hook of ``harness`` names a refusal's line but sees only what Python announces; a
seccomp filter sees every system call. Where there is none (macOS, another processor, an old
kernel) the hook and the resource limits stand alone.

Call numbers: Linux ``arch/x86/entry/syscalls/syscall_64.tbl`` and
``include/uapi/asm-generic/unistd.h``; the filter's form: seccomp(2), ``linux/filter.h``.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 22, 36, 38
_SECCOMP_MODE_FILTER = 2
_RETURN_ERRNO, _ALLOW = 0x00050000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1 << 1, 1 << 2

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # audit id, column below
_X32_CALLS = 0x40000000  # x86_64 offers the calls a second time from this number on

# Refused whatever the arguments; None where the processor's table has no such call.
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # processes and threads
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    # network, and what outlives a process
    "socket": (41, 198),
    "socketpair": (53, 199),
    "io_uring_setup": (425, 425),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    # files: opening for writing is judged by its flags in _filter
    "creat": (85, None),
    "openat2": (437, 437),
    "truncate": (76, 45),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rmdir": (84, None),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}
_OPEN: tuple[int | None, int | None] = (2, None)
_OPENAT, _TGKILL = (257, 56), (234, 131)


def supported() -> bool:
    """Tell whether ``confine`` knows this system's calls."""
    return sys.platform == "linux" and platform.machine() in _ARCHITECTURES


def adopt_orphans() -> None:
    """Make descendants whose parent ends children of this process (Linux), so none is lost."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def confine() -> bool:
    """Refuse this process, until it ends, processes, threads, network and writing to files.

    Returns whether the kernel took the filter.
    """
    _prctl(_PR_SET_PDEATHSIG, 9)
    if not supported():
        return False
    _drop_capabilities()
    program = _filter(platform.machine())
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(
        struct.pack("HP", len(program) // 8, ctypes.addressof(code))  # struct sock_fprog
    )
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(header)
    )


def _prctl(option: int, *arguments: int) -> bool:
    if sys.platform != "linux":
        return False
    words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)][:4]
    return bool(ctypes.CDLL(None).prctl(option, *words) == 0)


def _drop_capabilities() -> None:
    """As root, keep only the right to read the project's files, whoever owns them."""
    kept = _CAP_DAC_OVERRIDE | _CAP_DAC_READ_SEARCH if os.geteuid() == 0 else 0
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    ctypes.CDLL(None).capset(header, struct.pack("6I", kept, kept, 0, 0, 0, 0))


def _filter(machine: str) -> bytes:
    """Return the seccomp program: ``struct sock_filter`` after ``struct sock_filter``."""
    audit_id, column = _ARCHITECTURES[machine]
    refuse = [(_RETURN, 0, 0, _RETURN_ERRNO | errno.EPERM)]
    number, architecture = [(_LOAD, 0, 0, 0)], [(_LOAD, 0, 0, 4)]  # struct seccomp_data
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

    program = [*architecture, (_EQUAL, 1, 0, audit_id), *refuse, *number]
    if machine == "x86_64":
        program += [(_AT_LEAST, 0, 1, _X32_CALLS), *refuse]
    for call, flags in ((_OPEN[column], 1), (_OPENAT[column], 2)):
        if call is not None:
            program += [(_EQUAL, 0, 4, call), _argument(flags), (_ANY_BIT, 0, 1, writing), *refuse]
            program += [(_RETURN, 0, 0, _ALLOW)]
    # A signal to itself is how abort() ends a process.
    program += [(_EQUAL, 0, 4, _TGKILL[column]), _argument(0), (_EQUAL, 1, 0, os.getpid())]
    program += [*refuse, (_RETURN, 0, 0, _ALLOW)]
    for calls in _REFUSED.values():
        call = calls[column]
        if call is not None:
            program += [(_EQUAL, 0, 1, call), *refuse]
    program += [(_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def _argument(index: int) -> tuple[int, int, int, int]:
    """Load the low half of a call's argument (both processors are little-endian)."""
    return (_LOAD, 0, 0, 16 + 8 * index)
