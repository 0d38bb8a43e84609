# SPDX-License-Identifier: Apache-2.0

"""./workbook in a pseudo-terminal, for the trials."""

import os
import pty
import re
import select
import signal
import time

from course_copy import Failure

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run(root, words, keys=(), limit_seconds=900):
    """What ./workbook left on the screen, without escapes, and its exit code.

    `keys` are (words on the screen, what to type then), in their order. The limit is
    for a first build of ten tests on a slow machine.
    """
    child, master = pty.fork()
    if child == 0:
        os.chdir(root)
        os.environ.pop("WORKBOOK_ROOT", None)
        os.environ["TERM"] = "xterm"
        os.execv("./workbook", ["./workbook", *words])
    waiting = list(keys)
    screen = b""
    limit = time.monotonic() + limit_seconds
    while True:
        if not select.select([master], [], [], max(0, limit - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise Failure(f"still running after {limit_seconds} s:\n{_plain(screen)}")
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux's way to say that the terminal has no other end
            break
        if not piece:
            break
        screen += piece
        if waiting and waiting[0][0] in _plain(screen):
            os.write(master, waiting.pop(0)[1].encode())
    os.close(master)
    _, status = os.waitpid(child, 0)
    return _plain(screen), os.waitstatus_to_exitcode(status)


def _plain(screen):
    return ESCAPES.sub("", screen.decode(errors="replace"))
