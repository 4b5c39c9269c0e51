#!/usr/bin/env python3
"""What two nodes of a school write without knowing of each other, as real programs: each comes out as
the school wants it, the same at both.

    conflicts_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import contextlib
import datetime
import re
import unittest

from region import Grid, RegionCase, fill, programs, wait_for

programs()


class Conflicts(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        self.branch = self.node("branch").enroll(self.region.url, self.region.token(self.school))
        self.branch.serve()
        self.meet()

    def meet(self):
        """Exchanges until both hold the same."""
        for node in (self.main, self.branch, self.main, self.branch):
            node.program.run("sync")
        wait_for("both hold the same", lambda: self.main.holds() == self.branch.holds())

    @contextlib.contextmanager
    def apart(self):
        """The line is down meanwhile."""
        self.region.program.stop()
        yield
        self.region.serve()
        self.meet()

    def cells(self, row=0):
        return {self.lesson.cell(self.main, row), self.lesson.cell(self.branch, row)}

    def history(self, node, row=0):
        browser, grid = node.sign_in(), self.lesson.page(node)
        place = f"{self.lesson.course}/{self.lesson.lesson['date']}/{self.lesson.lesson['number']}"
        return browser.get(f"/api/history/{place}/{grid.page['pupils'][row]['id']}")

    def listed(self, login="teacher01"):
        """Whether both show the visitor something to look at."""
        shown = [node.sign_in(login).get("/conflicts") for node in (self.main, self.branch)]
        return ['class="conflict card"' in it for it in shown]

    # ---------------------------------------------------------------------------------------------

    def test_of_a_teachers_two_devices_the_later_wins_and_the_other_stays_in_the_history(self):
        with self.apart():
            self.lesson.enter(self.main, "3")
            self.lesson.enter(self.branch, "5")
        self.assertEqual({"5"}, {it.split()[-1] for it in self.cells()})
        for node in (self.main, self.branch):
            self.assertIn('"3', self.history(node))
        # Who has seen the other wins, whatever the clocks say.
        self.lesson.enter(self.main, "4")
        self.meet()
        self.assertEqual({"4"}, {it.split()[-1] for it in self.cells()})

    def test_an_absence_and_a_mark_both_stay(self):
        with self.apart():
            grid = self.lesson.page(self.main)
            grid.enter(self.lesson.lesson, "absence", "н", grid.page["pupils"][0]["id"])
            self.lesson.enter(self.branch, "4")
        for cell in self.cells():
            self.assertRegex(cell, "^[нбу] .*4$")

    def test_what_was_cleared_here_and_edited_there_stays_and_is_listed(self):
        self.lesson.enter(self.main, "3")
        self.meet()
        with self.apart():
            grid = self.lesson.page(self.main)
            grid.enter(self.lesson.lesson, "clear", "", grid.page["pupils"][0]["id"])
            self.lesson.enter(self.branch, "4")
        self.assertEqual({"4"}, {it.split()[-1] for it in self.cells()})
        self.assertEqual([True, True], self.listed())

    def test_a_mark_from_before_the_closing_counts_and_both_are_told(self):
        self.close_after(lambda: self.lesson.enter(self.branch, "4"), is_before=True)

    def test_a_mark_from_after_the_closing_waits_for_the_deputy_head(self):
        self.close_after(lambda: self.lesson.enter(self.branch, "4"), is_before=False)
        fill(self.main.sign_in("deputy"), "/after-closing", "/after-closing", decision="reject",
             reason="не по плану")
        self.meet()
        for node in (self.main, self.branch):
            self.assertIn("не по плану", node.sign_in().get("/after-closing"))
        for cell in self.cells():
            self.assertRegex(cell, r"\(4\)$")

    def close_after(self, enter, is_before):
        """One node enters a mark, the other closes its period, neither knows of the other."""
        with self.apart():
            if is_before:
                enter()
            self.close_period_of(self.lesson.lesson["date"])
            if not is_before:
                enter()
        words = "до закрытия" if is_before else "после закрытия"
        for node in (self.main, self.branch):
            for login in ("deputy", "teacher01"):
                self.assertIn(words, node.sign_in(login).get("/after-closing"))
                self.assertIn("поступивших после закрытия", node.sign_in(login).get("/"))

    def close_period_of(self, date):
        head = self.main.sign_in("deputy")
        day = datetime.date.fromisoformat(date)
        rows = re.findall(r"<tr>.*?</tr>", head.get("/control/periods"), re.DOTALL)
        for row in rows:
            days = [datetime.datetime.strptime(it, "%d.%m.%Y").date()
                    for it in re.findall(r"\d\d\.\d\d\.\d{4}", row)[:2]]
            code = re.search(r'name="code" value="([qh]\d)"', row)
            if code and days[0] <= day <= days[1]:
                fill(head, "/control/periods", "/control/periods", f'value="{code.group(1)}"')

    def test_of_a_teacher_and_the_substitute_the_one_with_the_order_gives_the_topic(self):
        day = datetime.date.fromisoformat(self.lesson.lesson["date"]) + datetime.timedelta(days=1)
        course, number = str(self.lesson.course), "9"
        lesson = {"date": day.isoformat(), "number": 9}
        opened = {"course": course, "date": day.isoformat(), "number": number}
        with self.apart():
            fill(self.branch.sign_in("teacher02"), "/lesson", "/lesson", **opened, order="17-з")
            self.topic(self.branch, "teacher02", lesson, "Тема замены")
            fill(self.main.sign_in(), "/lesson", "/lesson", **opened, order="")
            self.topic(self.main, "teacher01", lesson, "Тема учителя")
            self.mark(self.main, "teacher01", lesson, "5", 0)
            self.mark(self.branch, "teacher02", lesson, "4", 1)
        for node in (self.main, self.branch):
            page = self.page(node, "teacher01", lesson)
            self.assertEqual(["Тема замены"], [it["topic"] for it in page["lessons"]])
            self.assertEqual(["5", "4"], [it["cells"][0]["text"].split()[-1] for it in page["pupils"][:2]])
        self.assertEqual([True, True], self.listed())

    def grid(self, node, login, lesson):
        return Grid(node.sign_in(login), self.lesson.course, lesson["date"])

    def page(self, node, login, lesson):
        return self.grid(node, login, lesson).page

    def topic(self, node, login, lesson, text):
        self.grid(node, login, lesson).enter(lesson, "topic", text)

    def mark(self, node, login, lesson, text, row):
        grid = self.grid(node, login, lesson)
        grid.enter(lesson, "mark", text, grid.page["pupils"][row]["id"])

    def test_a_commissions_protocol_stays_whatever_the_teacher_posts_later(self):
        course = self.lesson.course
        pupil = self.lesson.page(self.main).page["pupils"][0]["id"]
        paper, finals = f"/course/{course}/final-by-paper", f"/course/{course}/finals"
        with self.apart():
            fill(self.branch.sign_in("deputy"), finals, paper, pupil=pupil, period="year", value="5",
                 basis="protocol", number="7-к", date="2026-05-28")
            fill(self.main.sign_in(), finals, finals, **{f"final-{pupil}": "3", "period": "year"})
        for node in (self.main, self.branch):
            page = node.sign_in("deputy").get(finals + "?period=year")
            self.assertIn("7-к", page)


if __name__ == "__main__":
    unittest.main(verbosity=2)
