#!/usr/bin/env python3
"""A parent's phone opens the diary without a line, as it was at the last visit, and says so.

    offline_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import unittest

from chromium import Chromium
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

    def comes_in(self):
        self.phone.open(self.address + "/activate")
        for name, value in (("code", self.guardian.code), ("login", "mama"),
                            ("password", PASSWORD), ("again", PASSWORD)):
            self.phone.fill(name, value)
        self.phone.follow("//form[@action='/activate']//button")
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

    def test_who_signed_out_leaves_nothing_behind(self):
        diary = self.comes_in()
        self.phone.open(diary + "/results")
        self.assertIn(diary.removeprefix(self.address), self.kept())
        self.phone.follow("//form[@action='/leave']//button")
        self.assertEqual([], [path for path in self.kept() if "/diary/" in path or path == "/"])

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
