#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""The checks of lint.py on small trees of good and bad files."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
OWNER = "SPDX-FileCopyrightText: 2026 The Drover authors"
LICENCE = "SPDX-License-Identifier: MIT"
HEAD = f"// {OWNER}\n// {LICENCE}\n\n"


class LintTest(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="dt.")
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copy(os.path.join(ROOT, ".clang-format"), self.root)

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def lint(self, *arguments):
        done = subprocess.run([sys.executable, os.path.join(HERE, "lint.py"), "--root", self.root, *arguments],
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def expect(self, code, check, *words):
        done, output = self.lint(check)
        self.assertEqual(done, code, output)
        for word in words:
            self.assertIn(word, output)

    def test_empty_tree_is_good(self):
        self.assertEqual(self.lint(), (0, ""))

    def test_unknown_check_is_an_error(self):
        self.assertEqual(self.lint("spelling")[0], 2)

    def test_spdx_header_is_wanted_in_each_kind_of_file(self):
        for name in ("lib/task/a.cpp", "lib/task/a.h", "lib/CMakeLists.txt", "a.cmake", "a.sh", "a.py"):
            with self.subTest(name):
                self.write(name, "hello\n")
                self.expect(1, "spdx", f"{name}:1:", "SPDX-FileCopyrightText", "SPDX-License-Identifier")
                self.write(name, f"# {OWNER}\n# {LICENCE}\n")
                self.expect(0, "spdx")

    def test_spdx_header_is_wanted_in_scripts_without_suffix(self):
        self.write("dev", f"#!/bin/sh\n# {OWNER}\n")
        self.expect(1, "spdx", "dev:1:", LICENCE)
        self.write("dev", f"#!/bin/sh\n# {OWNER}\n# {LICENCE}\n")
        self.write("LICENSE", "words\n")
        self.expect(0, "spdx")

    def test_includes_follow_the_table(self):
        rows = [
            # file, include line, what the complaint says (None: good)
            ("lib/task/a.h", '#include "support/id.h"', None),
            ("lib/task/a.h", '#include "task/b.h"', None),
            ("lib/session/a.h", '#include "support/id.h"', None),
            ("lib/client/a.h", '#include "protocol/kinds.h"', None),
            ("worker/engine/a.h", '#include "execute/pool.h"', None),
            ("worker/cli/a.h", '#include "client/client.h"', None),
            ("tests/task/a.h", '#include "broker/store.h"', None),
            ("lib/task/a.cpp", '#include <QtCore/QString>', None),
            ("lib/task/a.cpp", '#include "a.moc"', None),
            ("lib/transport/a.cpp", '#include <QtNetwork/QTcpServer>', None),
            ("lib/support/a.h", '#include "task/state.h"', "lib/support may not include lib/task"),
            ("lib/transport/a.h", '#include "trust/identity.h"', "lib/transport may not include lib/trust"),
            ("lib/broker/a.h", '  #  include "client/client.h"', "lib/broker may not include lib/client"),
            ("lib/session/a.h", '#include "discovery/peer.h"', "lib/session may not include lib/discovery"),
            ("lib/session/a.h", '#include "engine/slots.h"', "lib/session may not include worker/engine"),
            ("worker/execute/a.h", '#include "engine/slots.h"', "worker/execute may not include worker/engine"),
            ("lib/task/a.h", '#include <support/id.h>', "write it in quotes"),
            ("lib/task/a.h", '#include "value.h"', 'should be "room/file.h"'),
            ("lib/task/a.h", '#include "../support/id.h"', "is in no room"),
            ("lib/protocol/a.h", '#include <QtNetwork/QTcpServer>', "is pure"),
            ("lib/utils/a.h", '', "not in the table of rooms"),
        ]
        for name, line, complaint in rows:
            with self.subTest(f"{name} {line}"):
                self.write(name, f"{HEAD}{line}\n")
                self.expect(1 if complaint else 0, "includes", *([f"{name}:{4 if line else 1}:", complaint] if complaint else []))
                os.remove(os.path.join(self.root, name))

    def test_long_files_are_a_warning_only(self):
        self.write("lib/task/a.cpp", HEAD + "\n" * 500)
        self.expect(0, "size", "lib/task/a.cpp:503: warning")
        self.write("lib/task/a.cpp", HEAD)
        self.assertEqual(self.lint("size"), (0, ""))

    @unittest.skipUnless(shutil.which("clang-format"), "no clang-format")
    def test_format_is_checked_and_fixed(self):
        self.write("lib/task/a.cpp", HEAD + "int  f( )\n{\n  return 1;}\n")
        self.expect(1, "format", "lib/task/a.cpp:4: not formatted")
        self.assertEqual(self.lint("--fix", "format")[0], 0)
        self.expect(0, "format")

    @unittest.skipUnless(shutil.which("clang-format"), "no clang-format")
    def test_files_with_requires_clauses_are_kept_by_hand(self):
        self.write("lib/task/a.h", HEAD + "template <typename T>\n  requires  true\nint f(T);\n")
        self.expect(0, "format")


if __name__ == "__main__":
    unittest.main()
