#!/usr/bin/env python3
"""The work of a school's week in a real browser, with the keyboard where a person would use it: a lesson, the
class teacher's excuses, the deputy head's end of a quarter, the secretary's import, an incident.

    school_week_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import datetime
import os
import re
import unittest

import axe
from chromium import Chromium, Keys
from region import PASSWORD, RegionCase, fill, programs

programs()
BAD_PUPILS = ("Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;№ личного дела;СНИЛС\r\n"
              "Новикова;Анна;Ильинична;01.02.2015;ж;5А;Н-1;\r\n"
              "Сайнахов;Пётр;Ильич;31.02.2015;м;5А;С-2;\r\n")
GOOD_PUPILS = BAD_PUPILS.replace("31.02.2015", "28.02.2015")


class SchoolWeek(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()

    def signed_in(self, login):
        browser = Chromium(os.path.join(self.folder, "browser-" + login))
        self.addCleanup(browser.driver.quit)
        browser.sign_in(self.main.address, login, PASSWORD)
        return browser

    def open(self, browser, path):
        browser.open(self.main.address + path)

    def no_violations(self, browser):
        self.assertEqual([], axe.violations(browser))

    # ---------------------------------------------------------------------------------------------

    def test_a_lesson_is_kept_with_the_keyboard_alone(self):
        teacher = self.signed_in("teacher01")
        day = self.lesson.lesson["date"]
        self.open(teacher, f"/course/{self.lesson.course}?from={day}&to={day}")
        teacher.wait("the grid", lambda: teacher.driver.switch_to.active_element.tag_name == "td")
        # Absent in one key (that of «н» in a Latin layout: no other is at hand here), the next one down,
        # a mark, taken back, another.
        teacher.press("y", Keys.ENTER, "3", Keys.CONTROL + "z", Keys.NULL, "5", Keys.ENTER)
        self.saved(teacher)
        self.assertRegex(self.lesson.cell(self.main, 0), "^[нбу]")
        self.assertRegex(self.lesson.cell(self.main, 1), "5$")
        teacher.press(Keys.ARROW_UP, Keys.F2)
        teacher.wait("the history", lambda: "5" in teacher.text("#history"))
        teacher.press(Keys.ESCAPE)
        topic = teacher.find("#topic")
        topic.clear()
        topic.send_keys("Сложение дробей", Keys.TAB)
        teacher.find("#no-homework").send_keys(Keys.SPACE)
        self.saved(teacher)
        self.assertEqual("Сложение дробей", self.lesson.topic(self.main))
        self.no_violations(teacher)

    def test_typing_goes_on_in_its_cell_when_a_lesson_comes_in_beside_it(self):
        teacher = self.signed_in("teacher01")
        day = self.lesson.lesson["date"]
        self.open(teacher, f"/course/{self.lesson.course}?from={day}&to={day}")
        teacher.wait("the grid", lambda: teacher.driver.switch_to.active_element.tag_name == "td")
        teacher.press("5")
        self.saved(teacher)
        columns = self.columns(teacher)
        other = self.main.sign_in("teacher01")
        fill(other, "/lesson", "/lesson", course=self.lesson.course, date=day, number=0)
        teacher.wait("the other lesson", lambda: self.columns(teacher) == columns + 1)
        teacher.press(Keys.ENTER, "3", Keys.ENTER, "4", Keys.CONTROL + "z")
        self.saved(teacher)
        self.assertRegex(self.lesson.cell(self.main, 0), "5$")
        self.assertRegex(self.lesson.cell(self.main, 1), "3$")
        self.assertNotRegex(self.lesson.cell(self.main, 2), "4$")

    @staticmethod
    def columns(browser):
        return len(browser.driver.find_elements("css selector", "table.grid thead button"))

    def saved(self, browser):
        browser.wait("all is saved", lambda: "Сохранено" in browser.text("#saved")
                     and not browser.driver.find_elements("css selector", "td.unsaved"))

    def test_a_class_teacher_enters_an_excuse_from_the_week(self):
        self.lesson.page(self.main).enter(
            self.lesson.lesson, "absence", "н", self.lesson.page(self.main).page["pupils"][0]["id"])
        teacher = self.signed_in("teacher01")
        self.open(teacher, "/classes")
        teacher.follow("//main//a[contains(@href, '/class/')]")
        path = teacher.driver.current_url.split("?")[0].removeprefix(self.main.address)
        self.open(teacher, f"{path}/week?day={self.lesson.lesson['date']}")
        pupil = self.lesson.page(self.main).page["pupils"][0]["id"]
        form = f"form[action='/pupil/{pupil}/excuse']"
        teacher.find(f"{form} [name=reason]").send_keys("б")
        teacher.find(f"{form} [name=document]").send_keys("справка 12")
        self.no_violations(teacher)
        teacher.find(f"{form} [name=document]").send_keys(Keys.ENTER)
        teacher.wait("the excuse", lambda: not teacher.driver.find_elements("css selector", form))
        self.assertRegex(self.lesson.cell(self.main, 0), "^б")

    def test_a_deputy_head_closes_a_quarter_and_reads_the_register(self):
        deputy = self.signed_in("deputy")
        self.open(deputy, "/control/periods")
        rows = len(self.closed(deputy))
        deputy.follow("//form[@action='/control/periods'][not(.//*[@name='reopen'])]//button")
        self.assertEqual(rows + 1, len(self.closed(deputy)))
        self.no_violations(deputy)
        self.open(deputy, "/register")
        deputy.follow("//main//a[contains(@href, '/register/')]")
        self.assertIn("Успеваемость", deputy.page_text())
        self.open(deputy, "/control/periods")
        deputy.follow("//form[@action='/control/periods'][.//*[@name='reopen']]//button")
        self.assertEqual(rows, len(self.closed(deputy)))

    @staticmethod
    def closed(browser):
        return browser.driver.find_elements("css selector", "[name=reopen]")

    def test_a_secretary_brings_pupils_in_from_a_file(self):
        secretary = self.signed_in("secretary")
        self.send_file(secretary, BAD_PUPILS)
        page = secretary.page_text()
        self.assertIn("31.02.2015", page)
        self.assertNotIn("Внести всё это", page)
        self.send_file(secretary, GOOD_PUPILS)
        self.assertIn("Новых: 2", secretary.page_text())
        self.no_violations(secretary)
        secretary.follow("//form[starts-with(@action, '/import/preview/')]//button")
        self.send_file(secretary, GOOD_PUPILS)
        self.assertIn("Ничего не изменится", secretary.page_text())

    def send_file(self, browser, text):
        file = os.path.join(self.folder, "pupils.csv")
        with open(file, "w", encoding="cp1251", newline="") as made:
            made.write(text)
        self.open(browser, "/import/pupils")
        browser.find("input[type=file]").send_keys(file)
        browser.follow("//form[starts-with(@action, '/import/pupils')]//button")

    def test_a_principal_locks_a_stolen_login_and_voids_what_it_wrote(self):
        principal = self.signed_in("principal")
        self.lesson.name(self.main, "Тема вора")
        self.open(principal, "/accounts")
        principal.follow("//input[@name='account' and @value='teacher01']/../button[@name='stolen']")
        principal.follow("//form[@action='/incidents/receive']/button")
        since = datetime.datetime.now() - datetime.timedelta(hours=12)
        moment = principal.find("form[action='/incidents/act'] [name=from]")
        principal.driver.execute_script("arguments[0].value = arguments[1]", moment,
                                        since.strftime("%Y-%m-%dT%H:%M"))
        principal.find("form[action='/incidents/act'] [name=reason]").send_keys("вход с чужого места")
        principal.follow("//form[@action='/incidents/act']/button")
        self.assertIn("Тема вора", principal.page_text())
        self.no_violations(principal)
        act = re.search(r"/acts/([0-9a-f]+)", principal.driver.current_url).group(1)
        self.assertIn("в силе", self.main.program.run("acts"))
        principal.find("form[action='/acts/undo'] [name=reason]").send_keys("нашёлся хозяин")
        principal.follow("//form[@action='/acts/undo']//button")
        self.assertIn("не в силе", principal.page_text())
        self.assertIn(act, principal.driver.current_url)


if __name__ == "__main__":
    unittest.main(verbosity=2)
