#!/usr/bin/env python3
"""A node and a hub whose files are of the first released schema get a newer program: the files are
brought up as the programs start, nothing is lost or written by that, and a power cut in it does no
harm. An older program refuses what was brought up, and says what it can open.

    version_test.py PROGRAMS    the folder of zimnik-node, zimnik-hub and old_site
"""

import os
import shutil
import sqlite3
import subprocess
import time
import unittest

from copies import join
from region import (PUPILS, Lesson, RegionCase, columns_of, programs, snapshot, tips,
                    wait_for)

programs()
OLD, NEW = 1, 3
TOPIC = "Записано старой программой"
BEGUN, COPIED = f"обновляются с версии {OLD} до {NEW}", "прежний файл сохранён как"
# After which line a program is killed, and how many seconds later.
MOMENTS = [(BEGUN, 0), (BEGUN, 0.005), (COPIED, 0), (COPIED, 0.02), (COPIED, 0.05), (COPIED, 0.1)]
TRIES = 12  # of one moment, until a migration isn't over yet


def old_program(*arguments):
    """Its exit code, and what it says."""
    done = subprocess.run([os.path.join(programs(), "old_site"), *arguments], capture_output=True,
                          text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def ask(path, *questions):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return [database.execute(it).fetchall() for it in questions]
    finally:
        database.close()


def version(path):
    return int(ask(path, "SELECT value FROM zimnik_meta WHERE name = 'schema'")[0][0][0])


def log(path):
    """All leaves that a replica's file holds, in the order in which they came, byte for byte."""
    return ask(path, "SELECT * FROM zimnik_run", "SELECT * FROM zimnik_stretch ORDER BY 1",
               "SELECT * FROM zimnik_tail ORDER BY 1")


class Versions(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school))
        self.region.program.stop()
        self.at_hub = os.path.join(self.region.program.folder, "schools", self.school + ".db")
        self.at_node = os.path.join(self.main.program.folder, "journal.db")
        self.old("begin", self.main.program.folder, str(PUPILS))
        self.old("begin-hub", self.region.program.folder, self.school)
        self.exchange_as_old()

    def old(self, *arguments):
        """What the old program does must go well, and it must have nothing to say."""
        self.assertEqual((0, ""), old_program(*arguments))

    def exchange_as_old(self):
        self.old("exchange", self.main.program.folder, self.region.program.folder)
        self.assertEqual(tips(self.at_node), tips(self.at_hub))

    def was_brought_up(self, path, before, shown):
        """The file holds and shows what it did; so does the copy that was made of it."""
        copy = f"{path}.version-{OLD}"
        self.assertEqual((NEW, OLD), (version(path), version(copy)))
        self.assertEqual(0o600, os.stat(copy).st_mode & 0o777)
        self.assertTrue(before == log(copy))
        self.assertTrue(before == log(path))
        self.assertEqual(shown, snapshot(copy))
        columns = columns_of(copy)
        self.assertEqual(shown, snapshot(path, columns=columns))
        for table, rows in snapshot(path).items():
            if table not in columns:
                self.assertEqual([], rows, table)

    # -- a power cut ---------------------------------------------------------------------------

    def start_and_kill(self, program, arguments, line, later):
        program.serve(*arguments)
        until = time.monotonic() + 60
        while line not in program.text():
            self.assertIsNone(program.process.poll(), program.text())
            self.assertLess(time.monotonic(), until, program.text())
            time.sleep(0.001)
        time.sleep(later)
        program.kill()

    def kill_in_migration(self, program, arguments, path, line, later):
        """Kills it before the file is of the new version; where that was too late, once more."""
        for _ in range(TRIES):
            saved = program.folder + ".saved"
            shutil.copytree(program.folder, saved, ignore=shutil.ignore_patterns("*.sock"))
            self.start_and_kill(program, arguments, line, later)
            if version(path) == OLD:
                shutil.rmtree(saved)
                return
            shutil.rmtree(program.folder)
            os.rename(saved, program.folder)
            later /= 2
        self.fail(f"never killed in time after «{line}»")

    def survives(self, program, arguments, path, verify):
        before, shown = log(path), snapshot(path)
        for line, later in MOMENTS:
            with self.subTest(line=line, later=later):
                self.kill_in_migration(program, arguments, path, line, later)
                self.assertTrue(before == log(path))
                self.assertEqual(shown, snapshot(path))
        self.old(*verify)  # a program of the old version can go on with it
        return before, shown

    def test_a_power_cut_in_a_migration_leaves_the_old_version_whole(self):
        self.old("write", self.main.program.folder)
        node = ("--web", "127.0.0.1:0", "--plain", "127.0.0.1:0", "--sync", "127.0.0.1:0")
        held = self.survives(self.main.program, node, self.at_node,
                             ("verify", self.main.program.folder))
        self.main.serve()
        self.was_brought_up(self.at_node, *held)
        self.assertIn("всё сходится", self.main.program.run("verify"))

        hub = ("--sync", "127.0.0.1:0", "--web", "127.0.0.1:0", "--console", "127.0.0.1:0")
        held = self.survives(self.region.program, hub, self.at_hub,
                             ("verify-hub", self.region.program.folder, self.school))
        self.region.serve()
        wait_for("the school is brought up", lambda: version(self.at_hub) == NEW)
        self.was_brought_up(self.at_hub, *held)
        self.assertIn("всё сходится", self.region.program.run("verify", self.school))

    # -- the region first, then the school ---------------------------------------------------------

    def test_a_region_and_then_its_school_get_a_newer_program_and_go_on(self):
        self.bring_up_hub()
        # The school's old program goes on with the newer hub.
        self.old("write", self.main.program.folder)
        self.exchange_as_old()
        self.bring_up_node()
        self.exchange_goes_on()
        self.there_is_a_way_back()

    def bring_up_hub(self):
        held = log(self.at_hub), snapshot(self.at_hub)
        self.region.serve()
        self.region.program.said(f"школа «Школа»: таблицы {BEGUN}")
        self.region.program.said(f"школа «Школа»: {COPIED} {self.at_hub}.version-{OLD}")
        wait_for("the school is brought up", lambda: version(self.at_hub) == NEW)
        self.was_brought_up(self.at_hub, *held)
        self.region.program.stop()

    def bring_up_node(self):
        """While it has no line."""
        held = log(self.at_node), snapshot(self.at_node)
        self.main.serve()
        self.main.program.said(f"журнал: таблицы {BEGUN}")
        self.main.program.said(f"журнал: {COPIED} {self.at_node}.version-{OLD}")
        self.was_brought_up(self.at_node, *held)
        self.assertIn(TOPIC, repr(self.main.holds("lesson")))
        self.assertIn("teacher02\t", self.accounts(self.main, "закрыта"))

    def accounts(self, node, state):
        return "".join(it.split("\t")[0] + "\t" for it in
                       node.program.run("account", "list").splitlines() if it.endswith(state))

    def exchange_goes_on(self):
        self.region.serve()
        lesson = Lesson(self.main)
        lesson.name(self.main, "После обновления")
        branch = join(self, self.region, self.school, self.main, "branch").serve()
        self.assertEqual("После обновления", lesson.topic(branch))
        self.assertIn(TOPIC, repr(branch.holds("lesson")))
        lesson.enter(branch, "4", row=1)
        # A lock of the old kind is undone in the new, and one of the new kind is heard of.
        branch.program.run("account", "unlock", "teacher02")
        branch.program.run("account", "lock", "teacher03")
        branch.program.run("sync")
        wait_for("the main building has it", lambda: self.main.program.call("sync") and
                 "4" in lesson.cell(self.main, row=1))
        for node in (self.main, branch):
            self.assertEqual("teacher03\t", self.accounts(node, "закрыта"))
            wait_for(f"{node.name} and the hub are the same",
                     lambda: node.program.call("sync") and node.tips() == self.region.tips(self.school))
            self.assertIn("всё сходится", node.program.run("verify"))
        self.assertEqual(self.main.holds(), branch.holds())
        self.assertEqual([("teacher03", "locked")],
                         [row[:2] for row in self.region.holds(self.school, "account_lock")["account_lock"]
                          if row[1] == "locked"])

    def there_is_a_way_back(self):
        """An old program refuses the newer files, and can go on with the copies that it names."""
        self.main.program.stop()
        self.region.program.stop()
        for path, verify in ((self.at_node, ("verify", self.main.program.folder)),
                             (self.at_hub, ("verify-hub", self.region.program.folder, self.school))):
            held = log(path)
            code, said = old_program(*verify)
            self.assertEqual(1, code, said)
            self.assertIn(f"brought it up to version {NEW}, this one knows {OLD}", said)
            self.assertIn(f"{path}.version-{OLD}\n", said)
            self.assertEqual(NEW, version(path))
            self.assertTrue(held == log(path))
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.remove(path + end)
            os.rename(f"{path}.version-{OLD}", path)
            self.old(*verify)


if __name__ == "__main__":
    unittest.main(verbosity=2)
