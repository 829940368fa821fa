#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""Counts what the last run of ctest in a build folder did.

usage: results.py BUILD_FOLDER [--skips FILE]

Prints `N passed, N failed, N skipped`, where each slot (and row) of a Qt test counts, and a test of another kind is one.
With --skips, each skip must have a line `test: slot — reason` in FILE; those that have none are printed, and the exit
code is 1. A line of that file that excuses nothing is no fault: it may be for another machine.
"""

import argparse
import os
import re
import sys

TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)
SKIP = re.compile(r"^SKIP\s*:\s*\w+::(\w+)\(([^)]*)\)\s*(.*)$", re.MULTILINE)
ONE_TEST = re.compile(r"^\d+/\d+ Testing: (.*?)\n(.*?)^\"\1\" time elapsed:", re.MULTILINE | re.DOTALL)


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = self.programs = 0
        self.skips = []  # (test, slot, reason)

    def add(self, test, text):
        self.programs += 1
        output, _, end = text.partition("<end of output>")
        totals = TOTALS.findall(output)
        failed_here = sum(int(row[1]) for row in totals)
        self.passed += sum(int(row[0]) for row in totals)
        self.failed += failed_here
        self.skipped += sum(int(row[2]) for row in totals)
        self.skips += [(test, slot, reason) for slot, _, reason in SKIP.findall(output)]
        if '\nCommand: ""\n' in text:  # ctest found no program to run, and its log says "Test Passed." nevertheless
            self.failed += 1
        elif "Test Skipped." in end:
            self.skipped += 1
            self.skips.append((test, "all", "the program said so"))
        elif "Test Passed." in end:
            self.passed += 0 if totals else 1
        elif failed_here == 0:  # crashed, timed out, or failed in the test main
            self.failed += 1

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def count(log):
    result = Count()
    for test, text in ONE_TEST.findall(log):
        result.add(test, text)
    return result


def excused(skips_file):
    """The (test, slot) of each line `test: slot — reason`; other lines are comments or blank."""
    found = set()
    with open(skips_file, encoding="utf-8") as file:
        for line in file:
            match = re.match(r"^([\w.-]+): (\S+) — \S", line)
            if match:
                found.add(match.groups())
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--skips")
    options = parser.parse_args()
    with open(os.path.join(options.build, "Testing", "Temporary", "LastTest.log"), encoding="utf-8",
              errors="replace") as file:
        result = count(file.read())

    known = excused(options.skips) if options.skips else None
    wrong = [skip for skip in result.skips if known is not None and skip[:2] not in known]
    for test, slot, reason in wrong:
        print(f"skipped without an entry in {options.skips}: {test}: {slot} — {reason}")
    print(result)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
