#!/usr/bin/env python3
"""What two nodes of a school write without knowing of each other, as real programs: each comes out as
the school wants it, the same at both.

    conflicts_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import contextlib
import datetime
import re
import unittest

from forms import form
from region import Grid, RegionCase, fill, programs, school_day, wait_for

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

    # -- people ---------------------------------------------------------------------------------

    def pupil(self, row=0):
        return self.lesson.page(self.main).page["pupils"][row]["id"]

    def at_pupil(self, node, login, action, pupil=None, **fields):
        page = f"/pupil/{pupil or self.pupil()}"
        return fill(node.sign_in(login), page, f"{page}/{action}", **fields)

    def pages_of_pupil(self, pupil):
        return [node.sign_in("secretary").get(f"/pupil/{pupil}") for node in (self.main, self.branch)]

    def guardian(self, pupil):
        page = self.main.sign_in("secretary").get(f"/pupil/{pupil}")
        form = page[page.index(f'action="/pupil/{pupil}/consent"'):]
        return re.search(r'<option value="(\d+)"', form).group(1)

    def test_the_fact_of_an_absence_is_the_subject_teachers_the_reason_the_class_teachers(self):
        day, pupil = self.lesson.lesson["date"], self.pupil()
        with self.apart():
            grid = self.lesson.page(self.main)
            grid.enter(self.lesson.lesson, "absence", "н", pupil)
            self.at_pupil(self.branch, "secretary", "excuse", reason="б", document="справка 5",
                          since=day, until=day)
        for cell in self.cells():
            self.assertRegex(cell, "^б")

    def test_marks_follow_a_transfer_and_a_lesson_after_it_waits_to_be_filed_anew(self):
        day, pupil = self.lesson.lesson["date"], self.pupil()
        page = self.main.sign_in("secretary").get(f"/pupil/{pupil}")
        form = page[page.index(f'action="/pupil/{pupil}/transfer"'):]
        other = re.search(r'<option value="(\d+)"', form).group(1)
        with self.apart():
            self.at_pupil(self.branch, "secretary", "transfer", school_class=other, since=day,
                          order_number="9-п", order_date=day)
            self.lesson.enter(self.main, "4")
        for page in self.pages_of_pupil(pupil):
            self.assertIn("После перевода ждут переноса", page)

    def test_a_refusal_wins_over_a_consent_that_did_not_know_of_it(self):
        pupil = self.pupil()
        person = self.guardian(pupil)

        def say(node, answer):
            self.at_pupil(node, "secretary", "consent", pupil, person=person, answer=answer,
                          source="заявление", date="2026-09-01",
                          purpose="Электронный дневник и сообщения")

        with self.apart():
            say(self.branch, "refused")
            say(self.main, "granted")
        for page in self.pages_of_pupil(pupil):
            self.assertIn("отказ: только на бумаге", page)
        say(self.main, "granted")  # who knows of the refusal
        self.meet()
        for page in self.pages_of_pupil(pupil):
            self.assertNotIn("отказ: только на бумаге", page)

    def test_a_contact_written_twice_shows_both(self):
        pupil = self.pupil()
        person = self.guardian(pupil)
        with self.apart():
            for node, value in ((self.main, "+7 000 111"), (self.branch, "+7 000 222")):
                self.at_pupil(node, "secretary", "contact", pupil, person=person, kind="phone",
                              value=value, source="анкета", date="2026-09-01")
        for page in self.pages_of_pupil(pupil):
            self.assertIn("+7 000 111", page)
            self.assertIn("+7 000 222", page)

    def test_a_lesson_in_an_hour_that_the_timetable_has_no_more_stays_and_a_move_is_offered(self):
        day = datetime.date.fromisoformat(self.lesson.lesson["date"])
        deputy, course = self.branch.sign_in("deputy"), str(self.lesson.course)
        table = next(it for it in self.timetables(deputy) if f'name="course" value="{course}"' in
                     deputy.get(it))
        with self.apart():
            fill(deputy, table, "/timetable/end", self.slot(day),
                 last_day=(day - datetime.timedelta(days=1)).isoformat())
            self.lesson.name(self.main, "В прежний час")
        for node in (self.main, self.branch):
            self.assertEqual("В прежний час", self.lesson.topic(node))
            self.assertIn(day.strftime("%d.%m.%Y") + " №", node.sign_in().get("/moves"))

    def slot(self, day):
        return (f'name="course" value="{self.lesson.course}"><input type="hidden" name="weekday" '
                f'value="{day.isoweekday()}"><input type="hidden" name="number" '
                f'value="{self.lesson.lesson["number"]}"')

    @staticmethod
    def timetables(browser):
        return re.findall(r'href="(/timetable\?class=\d+)"', browser.get("/timetable?class=1"))

    # -- the school year ------------------------------------------------------------------------

    @staticmethod
    def next_year():
        today = school_day()
        return today.year + (today.month >= 8)

    def roll_over(self, node):
        """All classes go into the next school year, each by its rule."""
        deputy = node.sign_in("deputy")
        page = deputy.get(f"/rollover?year={self.next_year()}")
        preview = deputy.submit("/rollover/preview", **form(page, "/rollover/preview", order_number="31-п"))
        self.assertIn("Записано", deputy.submit("/rollover", **form(preview, "/rollover")))

    def new_classes(self, node):
        page = node.sign_in("deputy").get(f"/classes?year={self.next_year()}")
        return re.findall(r'href="/class/(\d+)">([^<]+)</a>', page)

    def test_the_old_year_accepts_what_a_branch_writes_that_has_not_heard_of_the_new_one(self):
        pupil, finals = self.pupil(), f"/course/{self.lesson.course}/finals"
        with self.apart():
            self.roll_over(self.main)
            made = self.new_classes(self.main)
            self.lesson.enter(self.branch, "4")
            fill(self.branch.sign_in(), finals, finals, **{f"final-{pupil}": "5", "period": "year"})
        self.assertEqual({"4"}, {it.split()[-1] for it in self.cells()})
        for node in (self.main, self.branch):
            posted = [it for it in node.holds("final_mark")["final_mark"] if pupil in it and "year" in it]
            self.assertEqual([True], ["5" in it for it in posted])
            self.assertEqual(made, self.new_classes(node))
            self.assertTrue(made)

    def test_a_year_rolled_over_on_two_nodes_unaware_has_one_set_of_classes(self):
        with self.apart():
            self.roll_over(self.main)
            made = self.new_classes(self.main)
            courses = self.courses_of_next_year(self.main)
            self.roll_over(self.branch)
        self.assertTrue(made and courses)
        for node in (self.main, self.branch):
            self.assertEqual(made, self.new_classes(node))
            self.assertEqual(courses, self.courses_of_next_year(node))

    def courses_of_next_year(self, node):
        page = node.sign_in("deputy").get(f"/?year={self.next_year()}")
        return re.findall(r'href="/course/(\d+)"', page)


if __name__ == "__main__":
    unittest.main(verbosity=2)
