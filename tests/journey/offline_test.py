#!/usr/bin/env python3
"""A parent's phone opens the diary without a line, as it was at the last visit, and says so.

    offline_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import time
import unittest

from chromium import Chromium
from held_line import HeldLine
from region import Guardian, RegionCase, fill, lasting_port, programs

programs()

PASSWORD = "a-long-password"
NO_LINE = "Эта страница — какой она была"


class Offline(RegionCase):
    def setUp(self):
        super().setUp()
        self.web = lasting_port()
        self.address = f"http://localhost:{self.web}"
        self.region = self.hub()
        self.serve()
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school)).serve()
        self.main.program.run("import", "--sample", "60")
        self.guardian = Guardian(self.main)
        self.main.program.run("sync")
        self.phone = Chromium(os.path.join(self.folder, "phone"), phone=True)
        self.addCleanup(self.phone.driver.quit)

    def serve(self):
        self.region.program.serve("--sync", f"127.0.0.1:{self.region.port}",
                                  "--web", f"127.0.0.1:{self.web}",
                                  "--console", "127.0.0.1:0")
        self.region.program.said(r"web port (\d+)")

    def activate(self):
        self.phone.open(self.address + "/activate")
        self.phone.wait("the form", lambda: self.phone.driver.find_elements("name", "again"))
        for name, value in (("code", self.guardian.code), ("login", "mama"),
                            ("password", PASSWORD), ("again", PASSWORD)):
            self.phone.fill(name, value)
        self.phone.follow("//form[@action='/activate']//button")

    def comes_in(self):
        self.activate()
        self.phone.wait("the first page is kept", lambda: "/" in self.kept())
        return self.phone.driver.current_url

    def kept(self):
        return self.phone.driver.execute_async_script(
            "const done = arguments[0]; caches.open('diary').then(it => it.keys())"
            ".then(all => done(all.map(it => new URL(it.url).pathname)))")

    def test_the_diary_opens_without_a_line_and_says_as_of_when_it_is(self):
        diary = self.comes_in()
        self.assertNotIn(NO_LINE, self.phone.page_text())
        self.phone.open(diary + "/results")
        self.region.program.kill()

        self.phone.open(diary + "/results")
        self.assertRegex(self.phone.page_text(), NO_LINE + r" \d\d\.\d\d\.\d{4}, \d\d:\d\d")
        self.assertIn("средний балл", self.phone.page_text())
        self.phone.open(self.address + "/")  # what was seen last
        self.assertIn("средний балл", self.phone.page_text())
        self.phone.open(diary)  # the very first page, of before the worker was there
        self.assertIn(NO_LINE, self.phone.page_text())
        self.phone.open(diary + "/schedule")
        self.assertIn("ещё не открывали", self.phone.page_text())

        self.serve()
        self.phone.open(diary)
        self.assertNotIn(NO_LINE, self.phone.page_text())
        self.assertIn("Данные школы на", self.phone.page_text())

    def test_a_page_that_breaks_off_is_shown_as_it_was(self):
        line = HeldLine(self.web)
        self.address = f"http://localhost:{line.port}"
        results = self.comes_in() + "/results"
        self.phone.open(results)
        line.hold(results.removeprefix(self.address)).drop()
        self.phone.open(results)
        self.assertIn(NO_LINE, self.phone.page_text())
        self.assertIn("средний балл", self.phone.page_text())

    def test_who_signed_out_leaves_nothing_behind(self):
        diary = self.comes_in()
        self.phone.open(diary + "/results")
        self.assertIn(diary.removeprefix(self.address), self.kept())
        self.leave()
        self.assertEqual([], [path for path in self.kept() if "/diary/" in path or path == "/"])

    def leave(self):
        self.phone.follow("//form[@action='/leave']//button")

    def nothing_is_kept(self):
        """Nor comes to be kept a moment later."""
        until = time.monotonic() + 2
        while time.monotonic() < until:
            self.assertLessEqual(set(self.kept()), {"/offline"})
            time.sleep(0.1)

    def leaves_while_a_page_is_under_way(self, line):
        """Gives what the other tab shows in the end."""
        self.phone.driver.quit()
        self.phone = Chromium(os.path.join(self.folder, "hasty"), phone=True, waits=False)
        self.addCleanup(self.phone.driver.quit)
        self.address = f"http://localhost:{line.port}"
        diary = self.comes_in()
        results = line.hold(diary.removeprefix(self.address) + "/results")
        tab = self.phone.driver.current_window_handle
        self.phone.driver.switch_to.new_window("tab")
        self.phone.open(diary + "/results")
        self.assertTrue(results.is_under_way.wait(30))
        other = self.phone.driver.current_window_handle
        self.phone.driver.switch_to.window(tab)
        self.leave()
        results.release()
        self.nothing_is_kept()
        self.phone.driver.switch_to.window(other)
        return self.phone.page_text()

    def test_a_page_that_was_under_way_at_signing_out_is_not_kept(self):
        self.leaves_while_a_page_is_under_way(HeldLine(self.web))

    def test_nor_where_the_worker_alone_sees_to_that(self):
        line = HeldLine(self.web, without=["Clear-Site-Data"])
        seen = self.leaves_while_a_page_is_under_way(line)
        self.assertIn("средний балл", seen)
        self.assertNotIn(NO_LINE, seen)

    def test_nor_is_the_first_page_that_the_worker_asks_for_itself(self):
        line = HeldLine(self.web, without=["Clear-Site-Data"])
        self.address = f"http://localhost:{line.port}"
        first = line.hold(f"/diary/{self.guardian.pupil}", "Sec-Fetch-Dest: empty")
        self.activate()
        self.assertTrue(first.is_under_way.wait(30))
        self.leave()
        first.release()
        self.nothing_is_kept()

    def test_messages_and_absences_are_not_kept(self):
        diary = self.comes_in()
        self.phone.open(diary + "/results")
        before = self.kept()
        for page in ("/messages", "/absence", "/messages?before=1-1", "/absence?day=2026-11-23"):
            self.phone.open(diary + page)
            self.assertIn("Данные школы на", self.phone.page_text())
        self.assertEqual(before, self.kept())
        self.phone.open(self.address + "/results")  # a page of no diary
        self.assertEqual(before, self.kept())
        self.region.program.kill()
        self.phone.open(self.address + "/")
        self.assertIn("средний балл", self.phone.page_text())

    def test_the_way_back_from_a_provider_and_a_new_code_forget_the_pages_of_before(self):
        diary = self.comes_in()
        self.phone.open(self.address + "/federal/return")
        self.nothing_is_kept()
        self.phone.open(diary)
        self.phone.wait("it is kept again", lambda: "/" in self.kept())
        self.phone.open(self.address + "/activate")
        self.phone.fill("code", "aaaa-bbbb-cccc-dddd")
        self.phone.follow("//form[@action='/activate']//button")
        self.nothing_is_kept()

    def test_what_the_server_refuses_is_forgotten(self):
        diary = self.comes_in()
        person = self.guardian.person
        self.phone.open(diary + "/results")
        secretary = self.main.sign_in("secretary")
        page = f"/pupil/{self.guardian.pupil}"
        fill(secretary, page, f"{page}/consent", person=person, answer="refused",
             source="заявление", date="2026-09-01")
        self.main.program.run("sync")
        self.phone.open(diary)
        self.assertIn("Дневник не показывается", self.phone.page_text())
        self.region.program.kill()
        self.phone.open(diary + "/results")
        self.assertNotIn("средний балл", self.phone.page_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
