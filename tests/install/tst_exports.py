#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""What the shared libraries show: the public interface, and nothing that nobody outside needs.

usage: tst_exports.py BUILD_FOLDER VERSION
"""

import glob
import os
import re
import subprocess
import sys
import unittest

BUILD, VERSION = sys.argv.pop(1), sys.argv.pop(1)

OURS = re.compile(r"((vtable|typeinfo|typeinfo name) for |(virtual|non-virtual) thunk to )?drover::")

SHOWN = {
    "core": ["drover::Registry::invoke(", "drover::Context::log(", "drover::toString(drover::ErrorCode)",
             "drover::loadPlugin(", "typeinfo for drover::TaskError", "vtable for drover::Context",
             "drover::Value<QString>::write("],
    "client": ["drover::Client::Client(QUrl const&, QObject*)", "drover::Client::staticMetaObject",
               "drover::TaskHandle::info() const", "drover::Broker::start()"],
    "worker": ["drover::Worker::activate()", "drover::runExecutor("],
}
HIDDEN = ["Scheduler", "Engine", "Store", "StoreWriter", "Lane", "Dispatcher", "SessionBackend", "SubmitWindow",
          "Leases", "ExecutorPool", "WebSocketChannel", "Outbox", "PeerTable", "MulticastSocket", "makeKeyPair"]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def file_of(library):
    return os.path.join(BUILD, "lib", f"libdrover-{library}.so")


def libraries():
    found = glob.glob(os.path.join(BUILD, "lib", "libdrover-*.so"))
    return sorted(re.search(r"libdrover-(\w+)\.so$", path).group(1) for path in found)


def symbols(path, *options):
    lines = output("nm", "-C", "--defined-only", *options, path).splitlines()
    return [line.split(maxsplit=2)[2] for line in lines if len(line.split(maxsplit=2)) == 3]


class ExportsTest(unittest.TestCase):
    def test_all_libraries_are_there(self):
        self.assertLessEqual(set(SHOWN), set(libraries()))

    def test_only_our_own_names_are_shown(self):
        for library in libraries():
            with self.subTest(library):
                names = symbols(file_of(library), "-D")
                self.assertGreater(len(names), 20)
                self.assertEqual([name for name in names if not OURS.match(name)], [])
                self.assertEqual([name for name in names if "::Private::" in name], [])

    def test_what_is_public_is_shown(self):
        for library, expected in SHOWN.items():
            names = symbols(file_of(library), "-D")
            for start in expected:
                with self.subTest(start):
                    self.assertTrue([name for name in names if name.startswith(start)])

    def test_what_is_inside_is_not_shown(self):
        names = [name for library in libraries() for name in symbols(file_of(library), "-D")]
        for inside in HIDDEN:
            with self.subTest(inside):
                word = re.compile(rf"drover::{inside}(::|\(|$)")
                self.assertEqual([name for name in names if word.match(OURS.sub("drover::", name))], [])

    def test_each_is_in_one_library_only(self):
        owners = {}
        for library in libraries():
            for name in set(symbols(file_of(library), "-D")):
                if "typeinfo" not in name and "vtable" not in name and "typeName" not in name:
                    owners.setdefault(name, []).append(library)
        twice = {name: owner for name, owner in owners.items() if len(owner) > 1}
        weak = [name for name in twice if re.search(r"::(operator==|unlimited)", name)]
        self.assertEqual(sorted(set(twice) - set(weak)), [])

    def test_they_are_versioned(self):
        abi = ".".join(VERSION.split(".")[:2])
        for library in libraries():
            with self.subTest(library):
                self.assertIn(f"[libdrover-{library}.so.{abi}]", output("readelf", "-d", file_of(library)))
                self.assertTrue(os.path.exists(f"{file_of(library)}.{VERSION}"))

    def test_programs_and_plugins_share_one_copy(self):
        for name in ("bin/drover", "lib/liblabplugin.so"):
            with self.subTest(name):
                path = os.path.join(BUILD, name)
                self.assertIn("[libdrover-core.so.", output("readelf", "-d", path))
                self.assertEqual([name for name in symbols(path) if name.startswith("drover::Registry::insert(")], [])


if __name__ == "__main__":
    unittest.main()
