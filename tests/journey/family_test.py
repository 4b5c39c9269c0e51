#!/usr/bin/env python3
"""What a family writes at the hub and the school at its node without knowing of each other, as real
programs with a line between them that is cut.

    family_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import contextlib
import json
import os
import re
import unittest
import urllib.error

import axe
from chromium import Chromium
from region import Guardian, Line, RegionCase, fill, programs, school_day

programs()


class Family(RegionCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.region = self.hub()
        self.offer_delivery()
        self.region.serve()
        self.line = Line(self.region.port)
        self.school = self.region.add_school("Школа")
        url = f"https://127.0.0.1:{self.line.port}"
        self.main = self.node("main").enroll(url, self.region.token(self.school)).serve()
        self.main.program.run("import", "--sample", "60")
        self.guardian = Guardian(self.main)
        self.meet()
        self.mother = self.guardian.comes_in(self.region.web)

    def offer_delivery(self):
        """Settings as an operator writes them; nobody is there to take what is sent."""
        settings = {"smtp": "smtp://127.0.0.1:9", "sender": "diary@example.ru",
                    "site": "https://diary.example", "webhook_url": "http://127.0.0.1:9/send",
                    "webhook_secret": "0123456789abcdef"}
        path = os.path.join(self.region.program.folder, "delivery.json")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            json.dump(settings, file)

    def meet(self):
        for _ in range(2):
            self.main.program.run("sync")

    @contextlib.contextmanager
    def apart(self):
        self.line.cut()
        yield
        self.line.mend()
        self.meet()

    def at_school(self, action, **fields):
        page = f"/pupil/{self.guardian.pupil}"
        fill(self.main.sign_in("secretary"), page, f"{page}/{action}",
             person=self.guardian.person, **fields)

    def pupil_page(self):
        return self.main.sign_in("secretary").get(f"/pupil/{self.guardian.pupil}")

    def reads(self):
        try:
            self.mother.get(f"/diary/{self.guardian.pupil}")
            return True
        except urllib.error.HTTPError as refused:
            self.assertEqual(403, refused.code)
            return False

    def test_a_refusal_at_the_hub_wins_over_a_paper_that_did_not_know_of_it(self):
        with self.apart():
            fill(self.mother, "/own", "/own/consent", having="refused", answer="refused")
            self.assertFalse(self.reads())
            self.at_school("consent", answer="granted", source="заявление", date="2026-09-01")
        self.assertIn("отказ: только на бумаге", self.pupil_page())
        self.assertFalse(self.reads())
        self.at_school("consent", answer="granted", source="заявление 2", date="2026-09-02")
        self.meet()
        self.assertNotIn("отказ: только на бумаге", self.pupil_page())
        self.assertTrue(self.reads())

    def test_the_parents_own_contact_wins_and_the_school_is_shown_both(self):
        with self.apart():
            fill(self.mother, "/own", "/own/contact", having='value="phone"', value="+7 000 111")
            self.at_school("contact", kind="phone", value="+7 000 222", source="анкета",
                           date="2026-09-01")
        page = self.pupil_page()
        self.assertIn("+7 000 111", page)
        self.assertIn("записано в другом месте тогда же", page)
        self.assertIn("+7 000 222", page)
        self.assertIn("+7 000 111", self.mother.get("/own"))

    def test_an_absence_told_ahead_is_made_an_excuse_and_the_family_sees_it(self):
        path = f"/diary/{self.guardian.pupil}/absence"
        fill(self.mother, path, path, since=str(school_day()), reason="едем к врачу")
        self.meet()
        week = f"/class/{self.guardian.school_class}/week"
        deputy = self.main.sign_in("deputy")
        self.assertIn("едем к врачу", deputy.get(week))
        fill(deputy, week, f"/pupil/{self.guardian.pupil}/excuse", having="сообщение семьи",
             reason="у", document="сообщение семьи")
        self.assertIn("причина записана", deputy.get(week))
        self.meet()
        self.assertIn("школа записала причину", self.mother.get(path))

    def test_each_page_is_without_fault_in_both_schemes_on_a_phone_and_a_desk(self):
        pictures = os.path.join(programs(), "..", "pictures")
        os.makedirs(pictures, exist_ok=True)
        fill(self.mother, *[f"/diary/{self.guardian.pupil}/messages"] * 2, text="Здравствуйте")
        fill(self.mother, "/delivery", "/delivery/address", address="mama@example.ru")
        fill(self.mother, "/delivery", "/delivery/phone", phone="8 900 000-00-01")
        faults = []
        for name, options in (("phone", {"phone": True}), ("dark phone", {"phone": True, "dark": True}),
                              ("desk", {})):
            with Chromium(os.path.join(self.folder, name), **options) as browser:
                self.sign_in(browser)
                pages = self.pages(browser)
                self.assertEqual(11, len(set(pages)))
                for path in pages:
                    browser.open(self.region.web + path)
                    title = re.sub(r"\d{6,}", "id", path).strip("/").replace("/", "-") or "activate"
                    faults += axe.faults(browser, f"{title} ({name})",
                                         os.path.join(pictures, f"family-{title}.{name}.png"))
        self.assertEqual([], faults)

    def sign_in(self, browser):
        browser.open(self.region.web)
        browser.fill("login", "mama")
        browser.fill("password", "a-long-password")
        browser.follow("//form[@action='/']//button")

    def pages(self, browser):
        """The address of each page of the site."""
        browser.open(f"{self.region.web}/diary/{self.guardian.pupil}/results")
        subject = browser.find(".diary h3 a").get_attribute("href")
        diary = f"/diary/{self.guardian.pupil}"
        return [diary, diary + "/day", diary + "/results", subject.removeprefix(self.region.web),
                diary + "/schedule", diary + "/messages", diary + "/absence", "/own", "/delivery",
                "/own/second-factor", "/activate"]


if __name__ == "__main__":
    unittest.main(verbosity=2)
