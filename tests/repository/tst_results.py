#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""What results.py reads from the log of ctest."""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import results  # noqa: E402

RULE = "-" * 58


def entry(name, output, end):
    return (f'1/9 Testing: {name}\n1/9 Test: {name}\nCommand: "/x/{name}"\n"{name}" start time: Jan 01\nOutput:\n{RULE}\n'
            f'{output}<end of output>\nTest time =   0.01 sec\n{RULE}\n{end}\n"{name}" end time: Jan 01\n'
            f'"{name}" time elapsed: 00:00:00\n{RULE}\n\n')


QT = ("PASS   : TestA::one(row)\nSKIP   : TestA::two() needs root\n   Loc: [a.cpp(3)]\n"
      "Totals: 3 passed, 0 failed, 1 skipped, 0 blacklisted, 5ms\n")


class ResultsTest(unittest.TestCase):
    def check(self, log, passed, failed, skipped):
        result = results.count(log)
        self.assertEqual(str(result), f"{passed} passed, {failed} failed, {skipped} skipped")
        return result

    def test_slots_of_qt_tests_count(self):
        result = self.check(entry("tst_a", QT, "Test Passed.") + entry("tst_b", QT, "Test Passed."), 6, 0, 2)
        self.assertEqual(result.skips, [("tst_a", "two", "needs root"), ("tst_b", "two", "needs root")])
        self.assertEqual(result.programs, 2)

    def test_other_tests_count_once(self):
        self.check(entry("lint", "", "Test Passed.") + entry("more", "words\n", "Test Failed."), 1, 1, 0)

    def test_failure_outside_of_the_slots_counts(self):
        self.check(entry("tst_a", QT, "Test Failed."), 3, 1, 1)
        self.check(entry("tst_a", "PASS : x\n", "Test timed out."), 0, 1, 0)

    def test_program_that_was_not_built_is_a_failure(self):
        self.check(entry("tst_a", "", "Test Passed.").replace('"/x/tst_a"', '""'), 0, 1, 0)

    def test_failed_slots_count(self):
        self.check(entry("tst_a", QT.replace("0 failed", "2 failed"), "Test Failed."), 3, 2, 1)

    def test_skipped_program_counts(self):
        result = self.check(entry("tst_a", "", "Test Skipped."), 0, 0, 1)
        self.assertEqual(result.skips[0][:2], ("tst_a", "all"))

    def test_empty_log_is_nothing(self):
        self.check("Start testing: Jan 01\n", 0, 0, 0)

    def run_on(self, log, skips):
        with tempfile.TemporaryDirectory(prefix="dt.") as folder:
            os.makedirs(os.path.join(folder, "Testing", "Temporary"))
            with open(os.path.join(folder, "Testing", "Temporary", "LastTest.log"), "w", encoding="utf-8") as file:
                file.write(log)
            with open(os.path.join(folder, "skips.txt"), "w", encoding="utf-8") as file:
                file.write(skips)
            return subprocess.run([sys.executable, os.path.join(HERE, "results.py"), folder, "--skips",
                                   os.path.join(folder, "skips.txt")], capture_output=True, text=True)

    def test_skip_must_have_an_entry_with_a_reason(self):
        log = entry("tst_a", QT, "Test Passed.")
        self.assertEqual(self.run_on(log, "tst_a: two — needs root\n").returncode, 0)
        for skips in ("", "# tst_a: two — needs root\n", "tst_a: other — needs root\n", "tst_b: two — needs root\n",
                      "tst_a: two — \n"):
            with self.subTest(skips):
                done = self.run_on(log, skips)
                self.assertEqual(done.returncode, 1)
                self.assertIn("tst_a: two — needs root", done.stdout)
                self.assertEqual(done.stdout.splitlines()[-1], "3 passed, 0 failed, 1 skipped")


if __name__ == "__main__":
    unittest.main()
