#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""Checks the sources without compiling them.

usage: lint.py [--root DIR] [--fix] [format] [spdx] [includes] [size]

Without a name, all checks are made. --fix rewrites the files that `format` would complain about.
One line for each complaint, `file:line: what`; exit 1 when there is one. `size` only warns.
"""

import argparse
import os
import re
import subprocess
import sys

# The table of the rooms (ARCHITECTURE.md): a room may include itself, these, and what these may include.
ROOMS = {
    "lib/support": [],
    "lib/task": ["lib/support"],
    "lib/protocol": ["lib/task"],
    "lib/transport": ["lib/support"],
    "lib/trust": ["lib/support"],
    "lib/discovery": ["lib/trust"],
    "lib/session": ["lib/protocol", "lib/transport", "lib/trust"],
    "lib/broker": ["lib/session", "lib/discovery"],
    "lib/client": ["lib/broker"],
    "lib/monitor": ["lib/client"],
    "lib/models": ["lib/monitor"],
    "lib/celery": ["lib/client"],
    "worker/execute": ["lib/session", "lib/discovery"],
    "worker/engine": ["lib/session", "lib/discovery", "worker/execute"],
    "worker/cli": ["lib/models", "lib/celery", "worker/engine"],
    "gui": ["lib/models", "worker/engine"],
    "qml": ["lib/models"],
}

# Rooms that have nothing to do with sockets.
PURE = ["lib/support", "lib/task", "lib/protocol"]
IMPURE_QT = ["QtNetwork", "QtWebSockets", "QtDBus", "QtSql", "QtGui", "QtWidgets", "QtQml", "QtQuick"]

LONG = 500
SOURCE = (".cpp", ".h")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def files_of(root):
    """The files of the repository: what git knows or would add; all of them where there is no git."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True)
    if listed.returncode == 0 and os.path.exists(os.path.join(root, ".git")):
        names = listed.stdout.splitlines()
    else:
        names = [os.path.relpath(os.path.join(folder, name), root)
                 for folder, _, found in os.walk(root) for name in found]
    return sorted(name for name in set(names)
                  if not name.startswith("build/") and os.path.isfile(os.path.join(root, name)))


def read(root, name):
    with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def check_spdx(root, names):
    """Each source, script and list file begins with who owns it and under which licence."""
    for name in names:
        base = os.path.basename(name)
        is_source = base.endswith(SOURCE + (".cmake", ".sh", ".py", ".qml")) or base == "CMakeLists.txt"
        text = read(root, name) if is_source or "." not in base.lstrip(".") else ""
        if not is_source and not text.startswith("#!"):
            continue
        head = "\n".join(text.splitlines()[:6])
        if "SPDX-FileCopyrightText: 2026 The Drover authors" not in head:
            yield f"{name}:1: no line `SPDX-FileCopyrightText: 2026 The Drover authors` at its beginning"
        if "SPDX-License-Identifier: MIT" not in head:
            yield f"{name}:1: no line `SPDX-License-Identifier: MIT` at its beginning"


def reachable(room):
    found, open_rooms = set(), [room]
    while open_rooms:
        current = open_rooms.pop()
        if current not in found:
            found.add(current)
            open_rooms += ROOMS[current]
    return found


def room_of(name):
    """The room that a file is in: True for a folder that should be one and is not, None for other places."""
    parts = name.split("/")
    if parts[0] in ("gui", "qml"):
        return parts[0]
    if parts[0] not in ("lib", "worker") or len(parts) < 3:
        return None
    room = "/".join(parts[:2])
    return room if room in ROOMS else True


def judge_include(room, quoted, target, beside):
    """What is wrong with one #include in a room, or None."""
    short = {key.split("/")[-1]: key for key in ROOMS}
    first = target.split("/")[0]
    if not quoted:
        if room in PURE and first in IMPURE_QT:
            return f"{room} is pure and may not include {target}"
        return f"<{target}> is of this project: write it in quotes" if first in short and "/" in target else None
    if "/" not in target:
        if target.endswith(".moc") or beside:
            return None
        return f'"{target}" should be "room/file.h"'
    if first not in short:
        return f'"{target}" is in no room of the table'
    if short[first] not in reachable(room):
        return f"{room} may not include {short[first]} ({target})"
    return None


def check_includes(root, names):
    """The direction of the #include lines between the rooms."""
    for name in names:
        room = room_of(name) if name.endswith(SOURCE) else None
        if room is True:
            yield f"{name}:1: this folder is not in the table of rooms"
        if room is None or room is True:
            continue
        for number, line in enumerate(read(root, name).splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            beside = os.path.exists(os.path.join(root, os.path.dirname(name), match.group(2)))
            wrong = judge_include(room, match.group(1) == '"', match.group(2), beside)
            if wrong:
                yield f"{name}:{number}: {wrong}"


def formattable(root, names):
    """clang-format 14 does not know requires-clauses and spoils what follows one: those files are kept by hand."""
    for name in names:
        if name.endswith(SOURCE) and not re.search(r"^[^/\"]*\b(requires|concept)\b", read(root, name), re.MULTILINE):
            yield name


def check_format(root, names, fix=False):
    """.clang-format, as Debian 12's clang-format reads it."""
    todo = list(formattable(root, names))
    for start in range(0, len(todo), 50):
        some = todo[start:start + 50]
        mode = ["-i"] if fix else ["--dry-run", "-Werror", "--ferror-limit=1"]
        done = subprocess.run(["clang-format", "--style=file"] + mode + some, cwd=root, capture_output=True, text=True)
        complaints = re.findall(r"^(.+?:\d+):\d+: (?:error|warning)", done.stderr, re.MULTILINE)
        for where in dict.fromkeys(complaints):
            yield f"{where}: not formatted: run `./dev lint --fix`"
        if done.returncode != 0 and not complaints:
            yield f"clang-format: {done.stderr.strip()}"


def check_size(root, names):
    for name in names:
        if name.endswith(SOURCE + (".py", ".sh", ".qml")) or name == "dev":
            lines = read(root, name).count("\n")
            if lines > LONG:
                yield f"{name}:{lines}: warning: past {LONG} lines, a file holds two ideas"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("checks", nargs="*", metavar="check")
    options = parser.parse_args()
    checks = {"format": lambda *at: check_format(*at, fix=options.fix), "spdx": check_spdx,
              "includes": check_includes, "size": check_size}
    unknown = set(options.checks) - set(checks)
    if unknown:
        parser.error(f"no such check: {', '.join(sorted(unknown))} (there are: {', '.join(checks)})")

    names = files_of(options.root)
    failed = False
    for check in options.checks or checks:
        for complaint in checks[check](options.root, names):
            print(complaint)
            failed = failed or check != "size"
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
