#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""How ./dev answers, and what it does about packages, with the system's package tools replaced by recorders."""

import os
import shutil
import stat
import subprocess
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


class DevTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="dt.")
        self.addCleanup(shutil.rmtree, self.folder)
        self.calls = os.path.join(self.folder, "calls")

    def tool(self, name, script):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\n{script}\n")
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)

    def recorder(self, name, script=":"):
        self.tool(name, f'echo "{name} $*" >>"{self.calls}"; {script}')

    def dev(self, *arguments):
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}")
        return subprocess.run([os.path.join(ROOT, "dev"), *arguments], capture_output=True, text=True, env=environment)

    def recorded(self):
        if not os.path.exists(self.calls):
            return []
        with open(self.calls, encoding="utf-8") as file:
            return file.read().splitlines()

    def test_help_names_all_verbs(self):
        for arguments in (["--help"], ["-h"], ["help"], ["build", "--help"]):
            done = self.dev(*arguments)
            self.assertEqual(done.returncode, 0)
            for verb in "setup build test run lab lint bench screenshots clean".split():
                self.assertIn(f"\n  {verb} ", done.stdout)

    def test_wrong_usage_is_exit_code_2(self):
        rows = [([], "usage:"), (["frobnicate"], "no verb 'frobnicate'"), (["build", "fast"], "no preset 'fast'"),
                (["build", "dev", "more"], "one preset"), (["setup", "everything"], "no package set 'everything'"),
                (["lab"], "lab needs a command"), (["lab", "--"], "lab needs a command"),
                (["screenshots"], "needs a folder")]
        for arguments, words in rows:
            with self.subTest(arguments):
                done = self.dev(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_nothing_is_installed_when_all_is_there(self):
        self.tool("dpkg-query", "echo installed")
        self.recorder("apt-get")
        self.assertEqual(self.dev("setup").returncode, 0)
        self.assertEqual(self.recorded(), [])

    def test_without_root_one_apt_line_is_printed(self):
        self.tool("dpkg-query", 'case "$*" in *cmake|*ninja-build|*clang-tidy) echo not-installed;; *) echo installed;; esac')
        self.tool("id", "echo 1000")
        self.tool("sudo", "exit 1")
        self.recorder("apt-get")
        for arguments, packages in ((["setup"], "cmake ninja-build clang-tidy"), (["build"], "cmake ninja-build"),
                                    (["test"], "cmake ninja-build"), (["lab", "--", "true"], "cmake ninja-build"),
                                    (["build", "tidy"], "cmake ninja-build clang-tidy")):
            with self.subTest(arguments):
                done = self.dev(*arguments)
                self.assertEqual(done.returncode, 3)
                self.assertEqual(done.stdout + done.stderr,
                                 f"sudo apt-get install -y --no-install-recommends {packages}\n")
        self.assertEqual(self.recorded(), [])

    def test_root_and_sudo_install_what_is_missing(self):
        self.tool("dpkg-query", 'case "$*" in *cmake) exit 1;; *) echo installed;; esac')
        self.recorder("apt-get")
        self.recorder("sudo", 'shift; "$@"')
        for user, sudo in (("0", 0), ("1000", 3)):
            with self.subTest(user):
                self.tool("id", f"echo {user}")
                self.assertEqual(self.dev("setup", "build").returncode, 0)
                calls = self.recorded()
                os.remove(self.calls)
                self.assertIn("apt-get update -q", calls)
                self.assertIn("apt-get install -y -q --no-install-recommends cmake", calls)
                self.assertEqual(sum(call.startswith("sudo") for call in calls), sudo)

    def test_failed_installation_is_a_failure(self):
        self.tool("dpkg-query", "echo not-installed")
        self.tool("id", "echo 0")
        self.tool("apt-get", "exit 100")
        self.assertEqual(self.dev("setup").returncode, 100)


if __name__ == "__main__":
    unittest.main()
