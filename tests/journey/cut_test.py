#!/usr/bin/env python3
"""A line between a real node and a real hub that is cut at a byte: nothing is lost, nothing changes
by halves, and the next exchange goes through.

    cut_test.py PROGRAMS [--every-byte]    the folder of zimnik-node and zimnik-hub
"""

import sys
import unittest

from region import RegionCase, programs, wait_for
from wire import Cutter

programs()
STEP = 1 if "--every-byte" in sys.argv else 71
sys.argv = [it for it in sys.argv if it != "--every-byte"]


class Cuts(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.line = Cutter(self.region.port)
        self.addCleanup(self.line.close)

    def two_nodes(self):
        """One behind the line, one beside the hub; both with the school's key."""
        far = self.node("far").enroll(self.line.url, self.region.token(self.school))
        near = self.node("near").enroll(self.region.url, self.region.token(self.school))
        far.program.run("account", "add", "somebody", "--name", "Имя Фамилия", "--role", "principal")
        for node in (far, near, far, near):
            node.program.run("sync")
        wait_for("both have all", lambda: far.tips() == near.tips() == self.region.tips(self.school))
        return far, near

    def cut_everywhere(self, writer):
        """`writer` has something new each time; the node behind the line exchanges."""
        far, near = self.two_nodes()
        author = {"far": far, "near": near}[writer]
        cuts = 0
        for direction in ("up", "down"):
            byte, has_cut = 0, True
            while has_cut:
                author.program.run("account", "unlock" if cuts % 2 else "lock", "somebody")
                if author is near:
                    near.program.run("sync")
                before = far.holds(), self.region.tips(self.school)
                self.line.cut_after(direction, byte)
                said = far.program.call("sync")
                # What breaks after the reply came, at the farewell, is no loss.
                has_cut = self.line.has_cut and "обмен окончен" not in said
                after = far.holds(), self.region.tips(self.school)
                if has_cut:
                    self.assertIn("связь оборвалась", said, f"{direction}, byte {byte}")
                    self.line.mend()
                    self.assertIn("обмен окончен", far.program.run("sync"))
                at_last = far.holds(), self.region.tips(self.school)
                self.assertEqual(far.tips(), at_last[1])
                # Each of the two has the news whole or not at all, and keeps what it had.
                for place in (0, 1):
                    self.assertIn(after[place], (before[place], at_last[place]))
                self.assertNotEqual(before, at_last)
                if author is far:
                    self.assertEqual(before[0], at_last[0])
                cuts, byte = cuts + 1, byte + STEP
        near.program.run("sync")
        self.assertEqual(far.holds(), near.holds())
        self.assertEqual(far.tips(), near.tips())
        for node in (far, near):
            self.assertIn("всё сходится", node.program.run("verify"))
        self.assertGreater(cuts, 1500 / STEP)

    def test_what_a_node_writes_survives_a_cut_at_any_byte(self):
        self.cut_everywhere("far")

    def test_what_a_node_is_to_get_survives_a_cut_at_any_byte(self):
        self.cut_everywhere("near")

    def test_enrolment_survives_a_cut_at_any_byte_and_the_token_is_the_sites(self):
        token = self.region.token(self.school)
        node = self.node("new")
        for direction in ("up", "down"):
            byte, is_enrolled = 0, False
            while not is_enrolled:
                self.line.cut_after(direction, byte)
                is_enrolled = node.enrolls(self.line.url, token)
                byte += STEP
            node.forget_enrolment()
        self.line.mend()
        node.enroll(self.line.url, token)
        self.assertIn("обмен окончен", node.program.run("sync"))
        self.assertIn("узлов 1\t", self.region.program.run("status"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
