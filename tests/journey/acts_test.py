#!/usr/bin/env python3
"""Acts between real programs: a stolen account is voided in one building while the other, off line,
writes over its work. Whatever came first and by whatever road, all show the same; what may hide void
content is listed; the act is undone by its name, and all values are back.

    acts_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import datetime
import re
import sqlite3
import unittest

from region import PASSWORD, PUPILS, Browser, Grid, RegionCase, programs, wait_for

programs()
URAL = datetime.timezone(datetime.timedelta(hours=5))


class SharedLesson:
    """A lesson that two may edit: whose course it is, and who substituted by an order."""

    def __init__(self, row):
        self.course, self.date, self.number, self.owner, self.substitute = row

    @classmethod
    def all(cls, node):
        """The last one of each teacher for whom somebody substituted."""
        database = sqlite3.connect(f"file:{node.program.folder}/journal.db?mode=ro", uri=True)
        query = """
            SELECT l.course, max(l.date), l.number, owner.login, substitute.login FROM lesson l
            JOIN account owner ON owner.person = l.substitutes
            JOIN account substitute ON substitute.person = l.teacher
            GROUP BY owner.login ORDER BY owner.login"""
        found = [cls(row) for row in database.execute(query)]
        database.close()
        return found

    def _grid(self, node, login):
        browser = Browser(node.address)
        browser.submit("/sign-in", login=login, password=PASSWORD)
        return Grid(browser, self.course, self.date)

    def enter(self, node, login, kind, text, row=None):
        grid = self._grid(node, login)
        pupil = None if row is None else grid.page["pupils"][row]["id"]
        grid.enter({"date": self.date, "number": self.number}, kind, text, pupil)

    def shows(self, node):
        """The topic, the homework and the first pupils' cells."""
        page = self._grid(node, self.owner).page
        column = next(i for i, it in enumerate(page["lessons"]) if it["number"] == self.number)
        lesson = page["lessons"][column]
        return (lesson["topic"], lesson["homework"],
                *(it["cells"][column]["text"] for it in page["pupils"][:2]))


class Acts(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main, self.branch = (
            self.node(name).enroll(self.region.url, self.region.token(self.school)).serve()
            for name in ("main", "branch"))
        self.main.program.run("import", "--sample", str(PUPILS))
        self.sync(self.main, self.branch, self.main)
        self.lessons = SharedLesson.all(self.main)
        self.lesson = self.lessons[0]
        self.since = datetime.datetime.now(URAL).strftime("%Y-%m-%dT%H:%M")

    @staticmethod
    def sync(*nodes):
        for node in nodes:
            node.program.run("sync")

    def sign(self, node, *arguments, login="principal"):
        return node.program.run("void", *arguments, "--by", login, text=PASSWORD + "\n")

    def everywhere_the_same(self):
        def same():
            shared = self.region.holds(self.school)
            return self.main.holds() == self.branch.holds() and all(
                rows == self.main.holds(table)[table] for table, rows in shared.items()
                if table != "account")
        wait_for("all show the same", same)

    def steal(self, lesson):
        """The owner's account writes, both buildings have it; then the line is gone."""
        self.lesson = lesson
        before = self.lesson.shows(self.main)
        for kind, text in (("topic", "Подделка"), ("homework", "Чужое")):
            self.lesson.enter(self.main, self.lesson.owner, kind, text)
        self.sync(self.main, self.branch)
        wait_for("the branch has it", lambda: self.lesson.shows(self.branch)[0] == "Подделка")
        self.region.program.stop()
        return before

    def void_and_write_over(self):
        """Each building does its part without the other's knowledge; the act's name."""
        self.lesson.enter(self.branch, self.lesson.substitute, "topic", "Поправлено")
        said = self.sign(self.main, self.lesson.owner, "--from", self.since, "--reason", "Акт 7")
        self.assertIn("написано поверх отменённого: 0", said)
        return re.search(r"Акт ([0-9a-f]{64})", said).group(1)

    def check_voided(self, before, act):
        self.everywhere_the_same()
        for node in (self.main, self.branch):
            # Who wrote over it knowingly stays; what only void work had displaced is back.
            self.assertEqual(("Поправлено", before[1]), self.lesson.shows(node)[:2])
            listed = node.program.run("acts", act[:12])
            self.assertIn("написано поверх отменённого: 1\n  Урок, тема: ", listed)
            self.assertIn(f"Поправлено — {self.lesson.substitute}", re.sub(r" · приказ \S+", "", listed))
            self.assertIn("всё сходится", node.program.run("verify"))
        self.assertEqual(self.main.program.run("acts"), self.branch.program.run("acts"))
        self.assertIn(f"{act}\tв силе", self.main.program.run("acts"))

    def check_undone(self, act):
        self.everywhere_the_same()
        for node in (self.main, self.branch):
            self.assertEqual(("Поправлено", "Чужое"), self.lesson.shows(node)[:2])
            self.assertRegex(node.program.run("acts"), act + r"\tотменён актом [0-9a-f]{64}")
        self.assertEqual(self.main.program.run("acts"), self.branch.program.run("acts"))

    def test_whatever_came_first_and_by_whatever_road_all_show_the_same(self):
        rounds = (self.act_comes_first_by_the_hub, self.act_comes_last_by_the_hub,
                  self.straight_between_the_buildings)
        self.assertGreaterEqual(len(self.lessons), len(rounds))
        for play, lesson in zip(rounds, self.lessons):
            with self.subTest(play.__name__):
                play(lesson)

    def act_comes_first_by_the_hub(self, lesson):
        """And it is undone at a node that didn't write it."""
        before = self.steal(lesson)
        act = self.void_and_write_over()
        self.branch.program.stop()
        self.region.serve()
        self.sync(self.main)  # the act is at the hub before what was written over
        self.branch.serve()
        self.sync(self.branch, self.main)
        self.check_voided(before, act)
        self.assertIn(f"{act}\tв силе", self.region.program.run("acts", self.school))
        self.assertIn("поверх отменённого: 1", self.region.program.run("acts", self.school, act))
        self.sign(self.branch, "--revoke", act[:10], "--reason", "Ошибка")
        self.sync(self.branch, self.main)
        self.check_undone(act)

    def act_comes_last_by_the_hub(self, lesson):
        """And the region undoes it."""
        before = self.steal(lesson)
        act = self.void_and_write_over()
        self.main.program.stop()
        self.region.serve()
        self.sync(self.branch)
        self.main.serve()
        self.sync(self.main, self.branch)
        self.check_voided(before, act)
        self.region.program.run("revoke", self.school, "--undo", act[:10], "--reason", "Ошибка")
        self.sync(self.main, self.branch)
        self.check_undone(act)

    def straight_between_the_buildings(self, lesson):
        """The hub is gone, and only hears of it."""
        before = self.steal(lesson)
        act = self.void_and_write_over()
        self.main.program.run("sibling", "add", self.branch.sync_address)
        knows = lambda node: act in node.program.run("acts")
        wait_for("the branch knows of the act", lambda: knows(self.branch))
        wait_for("the same", lambda: self.main.holds() == self.branch.holds())
        self.region.serve()
        self.sync(self.branch, self.main)
        self.check_voided(before, act)
        self.region.program.stop()
        self.branch.program.run("sibling", "add", self.main.sync_address)
        self.sign(self.branch, "--revoke", act, "--reason", "Ошибка")
        wait_for("the main building knows",
                 lambda: act + "\tв силе" not in self.main.program.run("acts"))
        self.region.serve()
        self.sync(self.main, self.branch)
        self.check_undone(act)

    def test_a_site_that_a_school_revoked_is_called_by_nobody_until_that_is_undone(self):
        main, branch = self.main, self.branch
        main.program.run("sibling", "add", branch.sync_address)
        act = re.search(r"Акт ([0-9a-f]{64})", self.sign(
            main, "--site", branch.id()[:8], "--reason", "Украден", login="technician")).group(1)
        self.sync(main)
        self.assertIn("this site was revoked", branch.program.call("sync"))
        wait_for("it isn't called", lambda: "узел отозван" in main.status())
        self.lesson.enter(branch, self.lesson.owner, "topic", "После отзыва")
        main.program.run("account", "add", "newcomer", "--name", "Новая Анна", "--role",
                         "subject_teacher")
        self.assertNotIn("После отзыва", self.lesson.shows(main))
        self.region.program.run("revoke", self.school, "--undo", act, "--reason", "Нашёлся")
        self.sync(main, branch, main)
        self.assertIn("После отзыва", self.lesson.shows(main))
        # It lies under a key that was made when the branch was revoked, and that it has now.
        wait_for("the new key is there", lambda: "newcomer" in branch.program.run("account", "list"))
        wait_for("they exchange straight again", lambda: "узел отозван" not in main.status())
        self.everywhere_the_same()


if __name__ == "__main__":
    unittest.main(verbosity=2)
