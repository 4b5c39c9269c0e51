#!/usr/bin/env python3
"""The whole road, in real programs and a real browser: a teacher's mark reaches the parent's diary
across an outage, and what was typed while the node was away is neither lost nor written twice.

    road_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import json
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packaging"))

from chromium import Chromium, Keys  # noqa: E402
import demo_story  # noqa: E402
from demo_browser import Grid  # noqa: E402

PROGRAMS = sys.argv.pop(1) if len(sys.argv) > 1 else "build/release/bin"
demo_story.PUPILS = 60


class Road(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="zimnik-journey-")
        cls.story = demo_story.Story(PROGRAMS, cls.folder)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.addClassCleanup(cls.story.stop)
        cls.story.begin()
        cls.story.choose()
        cls.port = cls.story.main.address.rsplit(":", 1)[1]

    def chromium(self, profile="teacher", phone=False):
        browser = Chromium(os.path.join(self.folder, profile), phone)
        self.addCleanup(browser.driver.quit)
        return browser

    def at_grid(self, profile="teacher"):
        browser = self.chromium(profile)
        browser.sign_in(self.story.main.address, "teacher01", demo_story.PASSWORD)
        self.open_grid(browser)
        return browser

    def open_grid(self, browser):
        day = self.story.lesson["date"]
        browser.open(f"{self.story.main.address}/course/{self.story.course}?from={day}&to={day}")
        browser.wait("the grid", lambda: browser.driver.switch_to.active_element.tag_name == "td")

    def node(self, action):
        program = self.story.main.program
        program.stop()
        if action == "restart":
            program.serve("--web", "127.0.0.1:0", "--plain", f"127.0.0.1:{self.port}")
            demo_story.wait_for("the node is back", lambda: self.status() is not None)

    def status(self):
        try:
            return json.loads(self.story.main.sign_in("teacher01").get("/api/status"))
        except OSError:
            return None

    def cell(self, row):
        grid = Grid(self.story.main.sign_in("teacher01"), self.story.course,
                    self.story.lesson["date"])
        return grid.page["pupils"][row]["cells"][0]["text"]

    # ---------------------------------------------------------------------------------------------

    def test_a_mark_typed_without_a_line_reaches_the_diary_when_it_is_back(self):
        story = self.story
        story.line.cut()
        browser = self.at_grid()
        names = [it.text for it in browser.driver.find_elements("css selector", "tbody .name")]
        row = next(i for i, name in enumerate(names) if story.pupil["name"] in name)
        browser.press(*[Keys.ARROW_DOWN] * row, Keys.DELETE, Keys.DELETE, "4")
        browser.find("#topic").clear()
        browser.find("#topic").send_keys("Тема из браузера" + Keys.TAB)
        browser.wait("saved on the node", lambda: "Сохранено" in browser.text("#saved"))
        browser.wait("waiting for the region", lambda: "Ждёт" in browser.text("#reached"))
        self.assertIn("4", self.cell(row))
        story.line.mend()
        browser.wait("sent to the region", lambda: "Отправлено" in browser.text("#reached"), 60)
        parent = self.chromium("parent", phone=True)
        parent.open(story.hub_address)
        parent.fill("login", story.parent_login)
        parent.fill("password", demo_story.PARENT[1] + Keys.ENTER)
        parent.wait("the diary", lambda: "/diary/" in parent.driver.current_url)
        parent.open(story.hub_address + story.diary)
        self.assertIn("Тема из браузера", parent.page_text())
        width = parent.driver.execute_script("return document.documentElement.scrollWidth")
        self.assertLessEqual(width, 360, "the diary is wider than the phone")

    def test_what_was_typed_while_the_node_was_away_is_written_once_when_it_is_back(self):
        browser = self.at_grid("patient")
        before = self.status()["arrival"]
        self.node("stop")
        browser.press("5", Keys.ENTER, "3")
        browser.wait("told so", lambda: "Узел не отвечает" in browser.text("#saved"))
        self.assertEqual(2, len(browser.driver.find_elements("css selector", "td.unsaved")))
        browser.driver.quit()
        self.node("restart")
        self.assertEqual(before, self.status()["arrival"])
        browser = self.chromium("patient")
        browser.open(self.story.main.address + "/sign-in")
        self.assertIn("ждут несохранённые записи", browser.page_text())
        browser.sign_in(self.story.main.address, "teacher01", demo_story.PASSWORD)
        browser.wait("saved", lambda: "Сохранено" in browser.text("#saved"))
        self.assertEqual(before + 2, self.status()["arrival"])
        self.assertIn("5", self.cell(0))
        self.assertIn("3", self.cell(1))
        browser.driver.refresh()
        browser.wait("saved still", lambda: "Сохранено" in browser.text("#saved"))
        self.assertEqual(before + 2, self.status()["arrival"])

    def test_signing_out_warns_of_what_is_not_saved_and_then_wipes_it(self):
        browser = self.at_grid("leaving")
        self.node("stop")
        browser.press("2")
        browser.wait("told so", lambda: "Узел не отвечает" in browser.text("#saved"))
        browser.find("#sign-out button").click()
        self.assertIn("1", browser.answer_dialog(accept=False))
        kept = browser.driver.execute_script("return localStorage.getItem('zimnik.queue')")
        self.assertEqual(1, len(json.loads(kept)))
        browser.find("#sign-out button").click()
        browser.answer_dialog(accept=True)
        browser.wait("wiped", lambda: browser.driver.execute_script(
            "try { return localStorage.getItem('zimnik.queue') === null } catch { return true }"))
        self.node("restart")
        browser.open(self.story.main.address + "/sign-in")
        self.assertIsNone(browser.driver.execute_script("return localStorage.getItem('zimnik.queue')"))

    def test_what_one_teacher_typed_waits_where_another_has_signed_in_meanwhile(self):
        browser = self.at_grid("shared")
        page = browser.driver.current_window_handle
        before = self.status()["arrival"]
        browser.driver.switch_to.new_window("tab")
        browser.sign_in(self.story.main.address, "teacher02", demo_story.PASSWORD)
        browser.driver.switch_to.window(page)
        browser.press("2")
        browser.wait("told so", lambda: "Войдите снова" in browser.text("#saved"))
        self.assertEqual(before, self.status()["arrival"])
        browser.sign_in(self.story.main.address, "teacher01", demo_story.PASSWORD)
        browser.wait("saved", lambda: "Сохранено" in browser.text("#saved"))
        self.assertEqual(before + 1, self.status()["arrival"])

    def test_a_conflict_is_settled_on_its_page_and_everybody_sees_the_same(self):
        story = self.story
        story.work_without_line()
        story.bring_back()
        story.check()
        browser = self.chromium("settling")
        browser.sign_in(story.main.address, "teacher01", demo_story.PASSWORD)
        browser.open(story.main.address + "/conflicts")
        self.assertIn(story.pupil["name"], browser.page_text())
        choices = browser.driver.find_elements("css selector", ".conflict tr")
        next(it for it in choices if it.text.startswith("5")).find_element("tag name", "button").click()
        browser.wait("settled", lambda: "Расхождений нет" in browser.page_text())
        demo_story.wait_for("the region has it", story.main.is_in_step)
        story.exchange_all()
        for node in (story.main, story.branch):
            self.assertIn("всего: 0", node.program.run("conflicts"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
