"""What the Linux kernel refuses a snippet from the inside: seccomp, and Landlock where it must.

Behind namespaces (:mod:`papernotes.snippets.wall`) there is nobody to harm, and the filter only
keeps a snippet from multiplying and from the kernel's rarer parts. Without them it stands in for
them, with Landlock for the files.
"""

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Sequence
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CAPABILITY_VERSION_3 = 0x20080522
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15  # fcntl(2): whom to signal, and with what

_MULTIPLYING = ("clone", "clone3", "fork", "vfork", "execve", "execveat")
# Flatpak keeps this list (common/flatpak-run.c); io_uring, bpf and userfaultfd are Docker's.
_RARE = (
    *("acct", "add_key", "bpf", "chroot", "io_uring_setup", "keyctl", "mount", "move_pages"),
    *("perf_event_open", "personality", "pivot_root", "ptrace", "quotactl", "request_key"),
    *("setns", "syslog", "umount2", "unshare", "userfaultfd"),
)
# What namespaces keep apart by themselves.
_OUTSIDE = (
    # processes
    *("kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_getfd"),
    *("pidfd_send_signal", "process_vm_readv", "process_vm_writev", "setpriority"),
    *("sched_setaffinity", "sched_setscheduler", "sched_setattr", "ioprio_set"),
    # network, and what outlives a process
    *("socket", "socketpair", "shmget", "msgget", "semget", "mq_open", "memfd_create"),
    # files: Landlock judges opening, and knows nothing of these
    *("open_by_handle_at", "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown"),
    *("fchown", "fchownat", "utime", "utimes", "futimesat", "utimensat", "setxattr"),
    *("lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    # before Landlock's second and third edition, and where there is none
    *("creat", "truncate", "mkdir", "mkdirat", "mknod", "mknodat", "unlink", "unlinkat"),
    *("rmdir", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("openat2", "inotify_add_watch", "fanotify_init"),
)


def adopt_orphans() -> None:
    """Make descendants whose parent ends children of this process (Linux), so none is lost."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent() -> None:
    """Have the kernel end this process when its parent ends (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def refuse(wall: str, readable: Sequence[str]) -> None:
    """Refuse this process, until it ends, what ``wall`` (a :class:`~wall.Wall`) is to refuse.

    ``readable`` are the files and folders that may be read, for Landlock.
    """
    if wall == "none":
        return
    alone = wall != "namespaces"
    filtered = _filter(alone)  # to find the library, it starts programs
    if wall == "landlock":
        _landlock(readable)
    if alone:
        _drop_capabilities()
    filtered.load()


def _landlock(readable: Sequence[str]) -> None:
    from landlock import FSAccess, Ruleset

    rules = Ruleset()
    for path in readable:
        reading = FSAccess.READ_FILE | (FSAccess.READ_DIR if os.path.isdir(path) else 0)
        rules.allow(path, rules=FSAccess(reading))
    rules.apply()


def _filter(alone: bool) -> Any:
    """Return the filter to load; ``alone`` where no namespaces stand behind it."""
    import pyseccomp as seccomp

    filtered = seccomp.SyscallFilter(seccomp.ALLOW)
    refused = seccomp.ERRNO(errno.EPERM)

    def rule(call: str, *conditions: Any) -> None:
        try:
            filtered.add_rule(refused, call, *conditions)
        except OSError as error:  # this processor, or this libseccomp, has no such call
            if error.errno not in (errno.EINVAL, errno.EDOM, errno.EFAULT, errno.EOPNOTSUPP):
                raise

    for call in (*_MULTIPLYING, *_RARE, *(_OUTSIDE if alone else ())):
        rule(call)
    if alone:
        # A signal to itself is how abort() ends a process.
        rule("tgkill", seccomp.Arg(0, seccomp.NE, os.getpid()))
        rule("prlimit64", seccomp.Arg(0, seccomp.NE, 0))
        low = 0xFFFFFFFF  # the kernel reads the low half of these arguments
        rule("prctl", seccomp.Arg(0, seccomp.MASKED_EQ, low, _PR_SET_PDEATHSIG))
        for command in (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX):
            rule("fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, low, command))
        for call, flags in (("open", 1), ("openat", 2)):
            for bit in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC):
                rule(call, seccomp.Arg(flags, seccomp.MASKED_EQ, bit, bit))
    return filtered


def _prctl(option: int, *arguments: int) -> None:
    if sys.platform == "linux":
        words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)][:4]
        ctypes.CDLL(None).prctl(option, *words)


def _drop_capabilities() -> None:
    """Give up every right of root's, where this is root's process."""
    if os.geteuid() == 0:
        header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
        ctypes.CDLL(None).capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0))
