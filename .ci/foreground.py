"""Runs a command in the terminal's foreground by itself: Ctrl-C then ends the command, and make, which waits for it, ends well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType


def main(command: list[str]) -> int:
    if not sys.stdin.isatty():
        os.execvp(command[0], command)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # or taking the terminal back would stop us
    ours = os.getpgrp()
    child = subprocess.Popen(command, process_group=0, preexec_fn=_take_terminal)

    def hand_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    signal.signal(signal.SIGTERM, hand_on)
    status = child.wait()
    os.tcsetpgrp(0, ours)
    return status


def _take_terminal() -> None:
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # make could not be woken again


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
