#!/usr/bin/env python3
"""The region's server is lost with its folder, and restored elsewhere from a backup that is older:
nodes go on by themselves, nothing that they hold is missing, and who was revoked since gets nothing.

    hub_restore_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import re
import shutil
import signal
import unittest
import urllib.error

from demo_browser import Browser
from demo_story import PASSWORD
from region import PUPILS, Hub, Lesson, RegionCase, programs, wait_for

programs()
PASSPHRASE = "correct horse battery\n"
RESTORED = "восстановлен из копии"


class Parent:
    def __init__(self, login, code):
        self.login, self.code, self.browser = login, code, None

    def activate(self, address):
        """Whether there is a diary: guardians may have refused it."""
        self.browser = Browser(address)
        self.browser.submit("/activate", code=self.code, login=self.login, password=PASSWORD,
                            again=PASSWORD)
        return self.is_reading()

    def sign_in(self, address):
        self.browser = Browser(address)
        self.browser.submit("/", login=self.login, password=PASSWORD)

    def is_reading(self):
        try:
            self.browser.get("/")
        except urllib.error.HTTPError:
            return False
        return self.browser.path.startswith("/diary/")

    def week_of(self, day):
        self.browser.get("/")
        return self.browser.get(f"{self.browser.path}?week={day}")


class HubRestored(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.copy, self.authority = (os.path.join(self.folder, it) for it in ("copy", "authority"))

    def enrolled(self, name, school):
        return self.node(name).enroll(self.region.url, self.region.token(school, "--name", name))

    def in_step(self, *nodes):
        for node in nodes:
            wait_for(f"{node.name} is in step", node.is_in_step)

    def set_up_schools(self):
        self.school, self.second = (self.region.add_school(it) for it in ("Школа", "Вторая"))
        self.main, self.branch, self.stolen = (
            self.enrolled(it, self.school) for it in ("main", "branch", "stolen"))
        self.other = self.enrolled("other", self.second)
        for node in (self.main, self.other):
            node.serve()
            node.program.run("import", "--sample", str(PUPILS))
        self.in_step(self.main, self.other)
        self.stolen.program.run("sync")
        self.branch.serve()
        wait_for("the branch has the school",
                 lambda: "teacher01" in self.branch.program.run("account", "list"))
        self.in_step(self.branch)
        self.lesson, self.other_lesson = Lesson(self.main), Lesson(self.other)

    def parents(self):
        """Two of whose children the first teacher's class is, before and after the backup."""
        title = self.lesson.page(self.main).page["title"]
        codes = self.main.program.run("codes", title.split(",")[0])
        self.in_step(self.main)
        for number, code in enumerate(re.findall(r"^.+?\t.+?\t(\S+)$", codes, re.M)):
            parent = Parent(f"parent{number}", code)
            if parent.activate(self.region.web):
                yield parent

    def back_up(self):
        self.region.program.run("backup", self.copy)
        self.region.program.run("backup", "--authority", self.authority, text=PASSPHRASE)

    def lose(self):
        self.region.program.kill()
        shutil.rmtree(self.region.program.folder)

    def restore(self):
        restored = Hub(self.folder, "restored")
        self.addCleanup(restored.program.stop)
        said = restored.program.run("restore", self.copy, "--authority", self.authority,
                                    text=PASSPHRASE)
        self.assertIn(RESTORED, said)
        restored.port = self.region.port
        self.region = restored.serve()

    def signal_all(self, kind):
        for node in (self.main, self.branch, self.other):
            node.program.process.send_signal(kind)

    def test_schools_go_on_and_give_the_restored_hub_what_it_lost(self):
        self.set_up_schools()
        parents = self.parents()
        before, token_before = next(parents), self.region.token(self.school)
        self.back_up()

        self.lesson.name(self.main, "После копии")
        self.other_lesson.name(self.other, "Тоже после")
        self.region.program.run("revoke", self.school, self.stolen.id(), "--reason", "украден")
        after, token_after = next(parents), self.region.token(self.school)
        self.in_step(self.main, self.branch, self.other)
        self.lose()
        self.lesson.enter(self.main, "5")  # while there is none
        self.signal_all(signal.SIGSTOP)
        self.restore()

        # The revoked one is the first to come: it gets nothing, and nothing is shown.
        self.assertIn(RESTORED, self.stolen.program.call("sync"))
        before.sign_in(self.region.web)
        self.assertFalse(before.is_reading())
        self.assertIn("закрыта", self.region.program.run("status"))
        self.signal_all(signal.SIGCONT)

        # Teachers go on: an entry is on its way soon, while a node that is quiet calls each minute.
        self.lesson.enter(self.branch, "4", row=1)
        self.other_lesson.enter(self.other, "5")
        for node in (self.main, self.branch, self.other):
            node.program.said(f"(сервер округа {RESTORED})")
        self.in_step(self.main, self.branch, self.other)
        self.assertIn("this site was revoked", self.stolen.program.call("sync"))
        self.all_is_here()
        self.tokens_are_void(token_before, token_after)
        self.diaries_are_shown(before, after)

    def all_is_here(self):
        for school, node in ((self.school, self.main), (self.school, self.branch),
                             (self.second, self.other)):
            wait_for(f"the hub has what {node.name} has",
                     lambda: self.region.tips(school) == node.tips())
            self.assertEqual(node.holds("mark", "lesson"), self.region.holds(school, "mark", "lesson"))
            self.assertIn("всё сходится", node.program.run("verify"))
            self.assertIn("прежний, отозван", node.status())
        self.assertEqual("После копии", self.lesson.topic(self.branch))
        self.assertIn("5", self.lesson.cell(self.branch))
        status = self.region.program.run("status")
        self.assertEqual(2, status.count("ещё не выходили на связь: нет"), status)
        counts = [int(it) for it in re.findall(r"которых в копии не было: (\d+)", status)]
        self.assertTrue(len(counts) == 2 and min(counts) > 0, status)

    def tokens_are_void(self, *tokens):
        new = self.node("new")
        for token in tokens:
            said = new.program.fails("enroll", "--hub", self.region.url, "--token", token, "--name",
                                     "new")
            self.assertIn("попросите новый", said)
        new.enroll(self.region.url, self.region.token(self.school))

    def diaries_are_shown(self, before, after):
        before.sign_in(self.region.web)
        self.assertIn("После копии", before.week_of(self.lesson.lesson["date"]))
        with self.assertRaises(urllib.error.HTTPError) as refused:
            after.sign_in(self.region.web)
        self.assertIn("введите код из школы ещё раз", refused.exception.read().decode())
        self.assertTrue(after.activate(self.region.web))


if __name__ == "__main__":
    unittest.main(verbosity=2)
