#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""Installs the build into a folder, and uses it as others would: with CMake, with pkg-config, from another place.

usage: tst_install.py BUILD_FOLDER LIBRARY_FOLDER COMPILER
"""

import concurrent.futures
import glob
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD, LIBRARIES, COMPILER = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
CONSUMER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "consumer")
ANSWER = "mean 3\nstd::invalid_argument: no values\n"
PATIENCE = 120


def running_in(folder):
    """The processes whose program is in this folder."""
    found = []
    for link in glob.glob("/proc/[0-9]*/exe"):
        try:
            program = os.readlink(link)
        except OSError:
            continue
        if program.startswith(folder + "/"):
            found.append(f"{link.split('/')[2]} {program}")
    return found


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="di.")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        first = os.path.join(cls.folder, "first")
        cls.run_tool("cmake", "--install", BUILD, "--prefix", first, "--strip")
        # an installed tree may be moved
        cls.prefix = os.path.join(cls.folder, "prefix")
        os.rename(first, cls.prefix)
        shutil.copytree(CONSUMER, os.path.join(cls.folder, "consumer"))

    @classmethod
    def surroundings(cls):
        home = os.path.join(cls.folder, "home")
        return dict(os.environ, DROVER_HOME=home, DROVER_INTERFACE="lo", XDG_DATA_HOME=home,
                    DROVER_BEACON_PORT=str(random.randrange(20000, 32000)), LC_ALL="C.UTF-8",
                    PKG_CONFIG_PATH=os.path.join(cls.prefix, LIBRARIES, "pkgconfig"))

    @classmethod
    def run_tool(cls, *command, **options):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
        if done.returncode != 0:
            said = done.stdout[-2000:] + done.stderr[-4000:]
            raise AssertionError(f"{shlex.join(command)} ended with {done.returncode}:\n{said}")
        return done.stdout

    def flags(self, *arguments):
        return shlex.split(self.run_tool("pkg-config", *arguments, env=self.surroundings()))

    def installed(self, *path):
        return os.path.join(self.prefix, *path)

    def start_worker(self, plugin, surroundings):
        log = open(os.path.join(self.folder, "worker.log"), "w+", encoding="utf-8")
        self.addCleanup(log.close)
        worker = subprocess.Popen([self.installed("bin", "drover"), "worker", "--name", "figures", "--plugin", plugin],
                                  stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=surroundings)
        self.addCleanup(self.end, worker)
        return log

    def end(self, worker):
        worker.terminate()
        try:
            self.assertEqual(worker.wait(30), 0)
        finally:
            worker.kill()
            worker.wait()

    def answer(self, surroundings, *command):
        return self.run_tool(*command, env=surroundings, timeout=PATIENCE)

    def use(self, program, plugin):
        """The program calls functions directly, on a worker of its own, and on one that is a process with the plugin."""
        surroundings = self.surroundings()
        os.makedirs(surroundings["DROVER_HOME"], exist_ok=True)
        store = os.path.join(self.folder, "tasks.sqlite")
        self.assertEqual(self.answer(surroundings, program, "loopback:"), ANSWER)
        self.assertEqual(self.answer(surroundings, program, f"embedded:{store}", "worker"), ANSWER)
        log = self.start_worker(plugin, surroundings)
        try:
            self.assertEqual(self.answer(surroundings, program, f"embedded:{store}"), ANSWER)
        except (AssertionError, subprocess.TimeoutExpired) as failure:
            log.seek(0)
            self.fail(f"{failure}\n--- worker\n{log.read()}")

    def tearDown(self):
        self.doCleanups()
        self.assertEqual(running_in(self.folder), [])

    def test_project_with_cmake(self):
        build = os.path.join(self.folder, "with-cmake")
        self.run_tool("cmake", "-G", "Ninja", "-S", os.path.join(self.folder, "consumer"), "-B", build,
                      f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={COMPILER}",
                      "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
        self.run_tool("cmake", "--build", build)
        with open(os.path.join(build, "program"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.installed("bin", "drover"))
        self.use(os.path.join(build, "consumer"), os.path.join(build, "libfigures.so"))

    def test_program_with_pkg_config(self):
        source = os.path.join(self.folder, "consumer")
        program, plugin = (os.path.join(self.folder, name) for name in ("with-pkg-config", "figures.so"))
        libraries = self.flags("--variable=libdir", "drover-client")[0]
        self.run_tool(COMPILER, "-std=c++20", os.path.join(source, "main.cpp"), "-o", program,
                      *self.flags("--cflags", "--libs", "drover-client", "drover-worker"), f"-Wl,-rpath,{libraries}")
        self.run_tool(COMPILER, "-std=c++20", "-shared", os.path.join(source, "plugin.cpp"), "-o", plugin,
                      *self.flags("--cflags", "--libs", "drover-core"))
        self.use(program, plugin)

    def test_each_header_compiles_alone(self):
        include = self.installed("include", "drover")
        headers = sorted(os.path.relpath(path, include)
                         for path in glob.glob(os.path.join(include, "**", "*.h"), recursive=True))
        self.assertIn("client/client.h", headers)
        self.assertEqual([name for name in headers if name.endswith("_p.h")], [])
        packages = [os.path.basename(path)[:-3] for path in glob.glob(self.installed(LIBRARIES, "pkgconfig", "*.pc"))]
        flags = self.flags("--cflags", *packages)

        def complaint(name):
            # the second include finds what is defined twice
            code = f"#include <{name}>\n#include <{name}>\n"
            done = subprocess.run([COMPILER, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *flags,
                                   "-DQT_NO_KEYWORDS", "-x", "c++", "-"], input=code, capture_output=True, text=True)
            return f"{name}: {done.stderr[:1500]}" if done.returncode else None

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            complaints = [text for text in pool.map(complaint, headers) if text]
        self.assertEqual(complaints, [])

    def test_manuals_completions_and_licence(self):
        for path in ("share/man/man1/drover.1", "share/man/man1/drover-run.1", "share/doc/*/LICENSE",
                     "share/bash-completion/completions/drover", "share/zsh/site-functions/_drover",
                     "share/fish/vendor_completions.d/drover.fish"):
            with self.subTest(path):
                self.assertTrue(glob.glob(self.installed(path)))


if __name__ == "__main__":
    unittest.main()
