#!/usr/bin/env python3
"""What lies in the folders of the programs is their owner's alone, and a token needs no place on a
command line, where everybody on the machine may read it.

    folder_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import stat
import unittest

from region import RegionCase, programs

programs()


class Folders(RegionCase):
    def setUp(self):
        self.addCleanup(os.umask, os.umask(0))  # the least careful shell there is
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")

    def enrol(self, node, text, code=0):
        """As where the token is typed."""
        return node.program.fails("enroll", "--hub", self.region.url, "--name", node.name,
                                  text=text, code=code)

    def test_what_lies_in_a_folder_is_its_owners_alone(self):
        node = self.node("main")
        self.enrol(node, self.region.token(self.school) + "\n")
        node.serve()
        node.program.run("sync")
        for program in (self.region.program, node.program):
            for place, folders, files in os.walk(program.folder):
                for name in [place, *(os.path.join(place, it) for it in [*folders, *files])]:
                    mode = stat.S_IMODE(os.lstat(name).st_mode)
                    self.assertEqual(0, mode & 0o077, f"{name}: {mode:o}")

    def test_a_token_is_taken_from_the_standard_input(self):
        node = self.node("main")
        for text in ("", "\n", "zimnik1-nonsense\n"):
            self.enrol(node, text, code=1)
        self.enrol(node, self.region.token(self.school) + "\n")
        self.assertIn("обмен окончен", node.program.run("sync"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
