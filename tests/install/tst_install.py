#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""Installs the build into a folder, and uses it as others would: with CMake, with pkg-config, from another place.

usage: tst_install.py BUILD_FOLDER LIBRARY_FOLDER COMPILER
"""

import glob
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD, LIBRARIES, COMPILER = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONSUMER = os.path.join(TESTS, "install", "consumer")
EXAMPLES = os.path.join(TESTS, "examples")
ANSWER = "mean 3\nstd::invalid_argument: no values\n"
PATIENCE = 120


def readme_block(language):
    """The code in this language under `Using the library` that is about the examples."""
    with open(os.path.join(TESTS, "..", "README.md"), encoding="utf-8") as file:
        section = re.search(r"\n## Using the library\n(.*?)\n## ", file.read(), re.DOTALL).group(1)
    blocks = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    return next(block for block in blocks if "embedding" in block)


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

    def start_drover(self, verb, surroundings, *arguments):
        log = open(os.path.join(self.folder, f"{verb}.log"), "w+", encoding="utf-8")
        self.addCleanup(log.close)
        process = subprocess.Popen([self.installed("bin", "drover"), verb, *arguments],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=surroundings)
        self.addCleanup(self.end, process)
        return log

    def start_worker(self, plugin, surroundings):
        return self.start_drover("worker", surroundings, "--name", "figures", "--plugin", plugin)

    def end(self, process):
        process.terminate()
        try:
            self.assertEqual(process.wait(30), 0)
        finally:
            process.kill()
            process.wait()

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

    def test_examples_as_readme_says(self):
        folder = os.path.join(self.folder, "examples")
        os.mkdir(folder)
        for name in ("lab.h", "labplugin.cpp", "embedding.cpp"):
            shutil.copy(os.path.join(EXAMPLES, name), folder)
        surroundings = self.surroundings()
        os.makedirs(surroundings["DROVER_HOME"], exist_ok=True)
        surroundings["LD_LIBRARY_PATH"] = self.installed(LIBRARIES)
        self.run_tool("sh", "-e", "-c", readme_block("sh"), cwd=folder, env=surroundings)
        self.start_worker(os.path.join(folder, "liblabplugin.so"), surroundings)
        self.start_drover("broker", surroundings)
        said = self.answer(surroundings, os.path.join(folder, "embedding"))
        self.assertRegex(said, r"^2 \+ 3 = 5\ntask [0-9a-f-]{36} is safe, .*\nfib\(10\) = 55\n$")

    def test_cmake_lines_of_readme_are_those_of_the_consumer(self):
        with open(os.path.join(CONSUMER, "CMakeLists.txt"), encoding="utf-8") as file:
            consumer = file.read()
        shown = readme_block("cmake").replace("labplugin", "figures").replace("figures.cpp", "plugin.cpp")
        shown = shown.replace("embedding", "consumer").replace("consumer.cpp", "main.cpp")
        for line in filter(None, shown.splitlines()):
            with self.subTest(line):
                self.assertIn(line.rstrip(")"), consumer)

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

        self.assertEqual([text for text in map(complaint, headers) if text], [])

    def test_manuals_completions_and_licence(self):
        for path in ("share/man/man1/drover.1", "share/man/man1/drover-run.1", "share/doc/*/LICENSE",
                     "share/bash-completion/completions/drover", "share/zsh/site-functions/_drover",
                     "share/fish/vendor_completions.d/drover.fish"):
            with self.subTest(path):
                self.assertTrue(glob.glob(self.installed(path)))


if __name__ == "__main__":
    unittest.main()
