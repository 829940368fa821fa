#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""The lab of ./dev around a script that stands in for the program `drover`: what it prints, returns and leaves."""

import glob
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

LAB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lab", "lab.sh")

# Lives until it is told to end; `status` and `workers` answer when the processes are there.
DROVER = r"""#!/usr/bin/env bash
case $1 in
    broker | worker)
        [ "${DROVER_TEST_DIES-}" != "$1" ] || { echo "cannot be"; exit 9; }
        [ "${DROVER_TEST_STUBBORN-}" != "$1" ] || trap '' TERM
        echo "words of $1"
        touch "$DROVER_HOME/$1.${*: -1}"
        while :; do sleep 0.05; done ;;
    status) [ -e "$DROVER_HOME/broker.broker" ] ;;
    workers) (cd "$DROVER_HOME" && echo worker.lab-*) ;;
    *) echo "called $*" ;;
esac
"""


class LabTest(unittest.TestCase):
    def setUp(self):
        self.here = tempfile.mkdtemp(prefix="dt.")
        self.addCleanup(shutil.rmtree, self.here)
        self.write("build/bin/drover", DROVER)
        self.write("build/dev/lib/liblabplugin.so", "")
        self.write("lab", f'#!/usr/bin/env bash\nset -euo pipefail\nhere={self.here}\n. "{LAB}"\nrun_in_lab "$@"\n')

    def write(self, name, text):
        path = os.path.join(self.here, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)

    def start(self, *command, **environment):
        process = subprocess.Popen([os.path.join(self.here, "lab"), *command], text=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **environment))
        self.addCleanup(process.kill)
        return process

    def lab(self, *command, stdin="", **environment):
        process = self.start(*command, **environment)
        output, errors = process.communicate(stdin, timeout=60)
        self.assert_nothing_left()
        return process.returncode, output, errors

    def processes(self):
        """Those that run this test's stand-in."""
        found = []
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            try:
                with open(path, "rb") as file:
                    if f"{self.here}/build/bin/drover".encode() in file.read():
                        found.append(path)
            except OSError:
                pass  # gone meanwhile
        return found

    def assert_nothing_left(self):
        self.assertEqual(self.processes(), [])

    def test_prints_and_returns_what_the_command_does(self):
        code, output, errors = self.lab("sh", "-c", "echo hi; echo oops >&2; exit 3")
        self.assertEqual((code, output, errors), (3, "hi\n", "oops\n"))

    def test_program_is_on_the_path_and_the_home_is_gone_afterwards(self):
        code, output, errors = self.lab("sh", "-c", "drover call lab.add 2 3; echo $DROVER_HOME; ls $DROVER_HOME")
        called, home, *files = output.splitlines()
        self.assertEqual((code, called, errors), (0, "called call lab.add 2 3", ""))
        self.assertLess(len(home), 15)
        self.assertIn("worker.lab-1", files)
        self.assertIn("worker.lab-2", files)
        self.assertFalse(os.path.exists(home))

    def test_input_reaches_the_command(self):
        self.assertEqual(self.lab("cat", stdin="words\n")[:2], (0, "words\n"))

    def test_command_that_is_not_there_is_127(self):
        self.assertEqual(self.lab("no-such-program")[0], 127)

    def test_lab_that_does_not_come_up_shows_its_logs(self):
        for who in ("broker", "worker"):
            with self.subTest(who):
                code, output, errors = self.lab("echo", "never", DROVER_TEST_DIES=who)
                self.assertEqual((code, output), (125, ""))
                self.assertIn("cannot be", errors)

    def test_missing_plugin_is_said(self):
        os.remove(os.path.join(self.here, "build/dev/lib/liblabplugin.so"))
        code, _, errors = self.lab("echo", "never")
        self.assertEqual(code, 125)
        self.assertIn("labplugin", errors)

    def test_processes_that_ignore_sigterm_and_leftovers_of_the_command_are_killed(self):
        code, output, _ = self.lab("sh", "-c", "drover worker --name left >/dev/null 2>&1 & echo done",
                                   DROVER_TEST_STUBBORN="worker")
        self.assertEqual((code, output), (0, "done\n"))

    def test_signals_end_the_lab_and_leave_nothing(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number):
                process = self.start("sh", "-c", "echo $DROVER_HOME; exec sleep 600")
                home = process.stdout.readline().strip()
                began = time.monotonic()
                process.send_signal(number)
                process.communicate(timeout=60)
                self.assertEqual(process.returncode, code)
                self.assertLess(time.monotonic() - began, 30)
                self.assertFalse(os.path.exists(home))
                self.assert_nothing_left()


if __name__ == "__main__":
    unittest.main()
