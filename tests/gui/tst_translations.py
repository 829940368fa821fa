#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT
"""Each text that the monitor can show has its German, and English its plurals. Needs LUPDATE, the program of Qt.

usage: tst_translations.py [--update]    --update enters new texts into translations/*.ts, to be translated with Linguist
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
FILES = {"drover_de.ts": [], "drover_en.ts": ["-pluralonly"]}


def update(path, options):
    subprocess.run([os.environ.get("LUPDATE", "lupdate"), "-silent", "-no-obsolete", "-locations", "none",
                    *options, "-I", ".", "-I", "lib", "-I", "worker", "gui", "lib", "-ts", path],
                   cwd=ROOT, check=True, capture_output=True)


def messages(path):
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            yield context.findtext("name"), message


def unfinished(path):
    """The texts of a file that lack a translation, or one of its plural forms."""
    found = []
    for context, message in messages(path):
        translation = message.find("translation")
        forms = [form.text for form in translation.findall("numerusform")] or [translation.text]
        if translation.get("type") == "unfinished" or not all(forms):
            found.append(f"{context}: {message.findtext('source')}")
    return found


class TranslationsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="dt.")
        self.addCleanup(shutil.rmtree, self.folder)

    def updated(self, name):
        path = os.path.join(self.folder, name)
        shutil.copy(os.path.join(ROOT, "translations", name), path)
        update(path, FILES[name])
        return path

    def test_nothing_is_untranslated(self):
        for name in FILES:
            with self.subTest(name):
                self.assertEqual(unfinished(self.updated(name)), [])

    def test_a_new_text_would_be_noticed(self):
        path = self.updated("drover_de.ts")
        self.assertGreater(len(list(messages(path))), 150)
        tree = ElementTree.parse(path)
        context = tree.getroot().find("context")
        context.remove(context.find("message"))
        tree.write(path, encoding="utf-8", xml_declaration=True)
        update(path, [])
        self.assertEqual(len(unfinished(path)), 1)

    def test_placeholders_are_those_of_the_source(self):
        for context, message in messages(os.path.join(ROOT, "translations", "drover_de.ts")):
            source = message.findtext("source")
            translation = message.find("translation")
            for text in [form.text for form in translation.findall("numerusform")] or [translation.text]:
                for place in ("%1", "%2", "%3", "%4", "%5", "%n"):
                    self.assertEqual(place in source, place in text, f"{context}: {source}")
                self.assertEqual(source.endswith("…"), text.endswith("…"), f"{context}: {source}")


if __name__ == "__main__":
    if "--update" in sys.argv:
        for name, options in FILES.items():
            update(os.path.join(ROOT, "translations", name), options)
    else:
        unittest.main()
