#!/usr/bin/env python3
"""Real programs take turns at a folder: commands and `serve`, whichever comes first.

    turn_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import fcntl
import os
import unittest

from region import RegionCase, programs

programs()
ROUNDS, COMMANDS = 5, 3


class Turns(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school))

    def addresses(self, program):
        """Free ports for all that the program listens on."""
        own = ("--console", "127.0.0.1:0") if program is self.region.program else ()
        return ("--web", "127.0.0.1:0", "--sync", "127.0.0.1:0", *own)

    def test_commands_round_the_start_of_serve_are_all_run_and_serve_starts(self):
        for program, words in ((self.main.program, ["status"]),
                               (self.region.program, ["token", self.school])):
            for _ in range(ROUNDS):
                program.stop()
                program.forget_log()
                commands = [program.start(*words) for _ in range(COMMANDS)]
                program.serve(*self.addresses(program))
                commands += [program.start(*words) for _ in range(COMMANDS)]
                for command in commands:
                    said, errors = command.communicate(timeout=60)
                    self.assertEqual((0, ""), (command.returncode, errors))
                    self.assertTrue(said)
                program.said(r"(журнал: https|sync port)")

    def test_serve_waits_for_a_command_and_says_so(self):
        for program, file in ((self.main.program, "keys.db"), (self.region.program, "hub.db")):
            program.stop()
            program.forget_log()
            with open(os.path.join(program.folder, file + ".lock"), "w", encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                program.serve(*self.addresses(program))
                program.said("(занята другой командой, жду её конца)")
            program.said(r"(журнал: https|sync port)")
            program.run("status")

    def test_who_waits_in_vain_says_what_for_and_changes_nothing(self):
        program = self.main.program
        with open(os.path.join(program.folder, "keys.db.lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            waiting = [program.start("status"), program.start("serve", "--web", "127.0.0.1:0")]
            for command in waiting:
                _, errors = command.communicate(timeout=60)
                self.assertEqual(1, command.returncode)
                self.assertIn("папка узла занята другой программой", errors)
        program.run("status")

    def test_a_second_serve_is_refused(self):
        self.main.serve()
        for program in (self.main.program, self.region.program):
            refusal = program.fails("serve", *self.addresses(program))
            self.assertIn("занята другой программой", refusal)
            program.run("status")


if __name__ == "__main__":
    unittest.main(verbosity=2)
