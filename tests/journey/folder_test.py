#!/usr/bin/env python3
"""What lies in the folders of the programs is their owner's alone, and a token needs no place on a
command line, where everybody on the machine may read it.

    folder_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packaging"))

from demo_story import Program  # noqa: E402

PROGRAMS = sys.argv.pop(1) if len(sys.argv) > 1 else "build/release/bin"


class Folders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        mask = os.umask(0)  # the least careful shell there is
        cls.addClassCleanup(os.umask, mask)
        cls.folder = tempfile.mkdtemp(prefix="zimnik-journey-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.hub = Program(os.path.join(PROGRAMS, "zimnik-hub"), cls.folder + "/hub")
        cls.node = Program(os.path.join(PROGRAMS, "zimnik-node"), cls.folder + "/node")
        for program in (cls.hub, cls.node):
            cls.addClassCleanup(program.stop)
        cls.hub.run("init", "--region", "Округ")
        cls.hub.run("school", "add", "Школа")
        cls.hub.serve("--sync", "127.0.0.1:0", "--web", "127.0.0.1:0")
        cls.url = "https://127.0.0.1:" + cls.hub.said(r"sync port (\d+)")
        cls.node.run("init")
        token = cls.hub.run("token", "Школа").split()[-1]
        cls.node.run("enroll", "--hub", cls.url, "--name", "узел", text=token + "\n")
        cls.node.serve("--web", "127.0.0.1:0", "--plain", "127.0.0.1:0")
        cls.node.said(r"на этой машине: (http://\S+:\d+)")
        cls.node.run("sync")

    def test_what_lies_in_a_folder_is_its_owners_alone(self):
        for program in (self.hub, self.node):
            for place, folders, files in os.walk(program.folder):
                for name in [place, *(os.path.join(place, it) for it in [*folders, *files])]:
                    mode = stat.S_IMODE(os.lstat(name).st_mode)
                    self.assertEqual(0, mode & 0o077, f"{name}: {mode:o}")

    def test_a_token_is_taken_from_the_standard_input(self):
        other = Program(self.node.path, self.folder + "/other")
        other.run("init")
        for text in ("", "\n", "zimnik1-nonsense\n"):
            done = subprocess.run([other.path, "--data", other.folder, "enroll", "--hub", self.url,
                                   "--name", "x"], input=text, capture_output=True, text=True)
            self.assertEqual(1, done.returncode)
        self.assertIn("узел", self.node.run("status"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
