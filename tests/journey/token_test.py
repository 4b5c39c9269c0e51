#!/usr/bin/env python3
"""Tokens that are wrong, used, expired or raced for, shown to a real hub by real nodes.

    token_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import time
import unittest

from region import RegionCase, programs
from wire import some_bytes, token_like

programs()
RACERS = 100
NOT_GOOD = "the token is wrong, was used before, or has expired"


class Tokens(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.new = self.node("new")

    def refused(self, node, token, url=None):
        """What is said; the node is as it was, and the hub knows of no more sites than before."""
        before = self.region.program.run("status")
        said = node.program.fails("enroll", "--hub", url or self.region.url, "--token", token,
                                  "--name", node.name)
        self.assertFalse(os.path.exists(os.path.join(node.program.folder, "node.json")))
        self.assertEqual(before, self.region.program.run("status"))
        return said

    def test_a_wrong_token_is_refused_and_the_right_one_works_after_it(self):
        token = self.region.token(self.school)
        wrong = token_like(token, secret=some_bytes("another", 16))
        self.assertIn(NOT_GOOD, self.refused(self.new, wrong))
        self.assertIn("token", self.refused(self.new, token[:-1]))
        self.assertIn("token", self.refused(self.new, "zimnik1-"))
        self.assertIn("token is for another kind of site",
                      self.refused(self.new, self.region.token(self.school, "--kind", "laptop")))
        self.new.enroll(self.region.url, token)

    def test_a_token_of_another_region_shows_its_secret_to_nobody(self):
        other = self.hub("other").serve()
        token = other.token(other.add_school("Школа"))
        self.assertIn("another authority", self.refused(self.new, token))
        self.assertIn("another authority",
                      self.refused(self.new, self.region.token(self.school), other.url))
        self.new.enroll(other.url, token)

    def test_a_used_token_is_its_sites_alone(self):
        token = self.region.token(self.school)
        first = self.node("first").enroll(self.region.url, token)
        self.assertIn(NOT_GOOD, self.refused(self.new, token))
        first.forget_enrolment()
        first.enroll(self.region.url, token)  # its reply was lost
        self.assertIn("обмен окончен", first.program.run("sync"))

    def test_an_expired_token_is_refused(self):
        token = self.region.token(self.school, "--hours", "1")
        database = self.region.database()
        with database:
            database.execute("UPDATE token SET expires_at = ?", [int(time.time() * 1000) - 1])
        database.close()
        self.assertIn(NOT_GOOD, self.refused(self.new, token))

    def test_of_a_hundred_at_once_exactly_one_is_enrolled(self):
        token = self.region.token(self.school)
        racers = [self.node(f"racer{i}") for i in range(RACERS)]
        running = [it.program.start("enroll", "--hub", self.region.url, "--token", token,
                                    "--name", it.name) for it in racers]
        said = [it.communicate(timeout=120) for it in running]
        won = [node for node, it in zip(racers, running) if it.returncode == 0]
        self.assertEqual(1, len(won), said)
        for command, (_, errors) in zip(running, said):
            if command.returncode != 0:
                self.assertEqual((1, f"zimnik-node: {NOT_GOOD}\n"), (command.returncode, errors))
        self.assertIn("обмен окончен", won[0].program.run("sync"))
        self.assertIn("узлов 1\t", self.region.program.run("status"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
