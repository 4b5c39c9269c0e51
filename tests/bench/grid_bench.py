#!/usr/bin/env python3
"""How a page of 60 pupils and a quarter feels in a real browser: from a key to the painted cell,
from an entry to its durable write, and what the page weighs.

    grid_bench.py PROGRAMS [--keys N]    the folder of zimnik-node and zimnik-hub
"""

import argparse
import datetime
import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))

arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
arguments.add_argument("programs", help="the folder of zimnik-node and zimnik-hub")
arguments.add_argument("--keys", type=int, default=200, help="typed into the grid")
OPTIONS = arguments.parse_args()
sys.argv = [sys.argv[0], OPTIONS.programs]

from chromium import Chromium  # noqa: E402
from region import PASSWORD, Browser, RegionCase, programs, school_day  # noqa: E402

programs()
PUPILS, DAYS = 60, 75
ROWS = ".grid tbody tr"
MEASURE = """
window.painted = [];
addEventListener("keydown", event => {
  const began = event.timeStamp;
  requestAnimationFrame(() => setTimeout(() => painted.push(performance.now() - began)));
}, true);
"""
SAVES = """
return performance.getEntriesByType("resource").filter(it => it.name.endsWith("/api/save"))
  .map(it => it.responseEnd - it.requestStart);
"""
WEIGHT = """
return performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .filter(it => !it.name.includes("/api/")).reduce((sum, it) => sum + it.encodedBodySize, 0);
"""


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Grid(RegionCase):
    def make_large_class(self, span):
        """The course with the most lessons that a teacher has, once its class has 60 pupils."""
        browser = Browser(self.main.address)
        browser.submit("/sign-in", login="teacher01", password=PASSWORD)
        courses = [it.split('"')[0] for it in browser.get("/").split('href="/course/')[1:]]
        pages = [json.loads(browser.get(f"/api/course/{course}{span}")) for course in courses]
        page = max(pages, key=lambda it: len(it["lessons"]))
        lines = ["Фамилия;Имя;Отчество;Дата рождения;Класс"]
        for number in range(PUPILS - len(page["pupils"])):
            lines.append(f"Новосёлов{number:02};Пётр;;01.02.2015;{page['title'].split(',')[0]}")
        self.main.program.run("import", text="\n".join(lines))
        return page["course"]

    def test_a_page_of_sixty_pupils_and_a_quarter(self):
        self.school_with_a_node()
        today = school_day()
        span = f"?from={today - datetime.timedelta(DAYS)}&to={today}"
        course = self.make_large_class(span)
        with Chromium(os.path.join(self.folder, "profile")) as chromium:
            chromium.sign_in(self.main.address, "teacher01", PASSWORD)
            chromium.open(f"{self.main.address}/course/{course}{span}")
            chromium.wait("the grid", lambda: chromium.driver.find_elements("css selector", ROWS))
            weight = chromium.driver.execute_script(WEIGHT)
            rows = len(chromium.driver.find_elements("css selector", ROWS))
            columns = len(chromium.driver.find_elements("css selector", ".grid thead th"))
            chromium.driver.execute_script(MEASURE)
            for _ in range(OPTIONS.keys):
                chromium.press(random.choice("2345"), "\ue015")  # and down
            chromium.wait("all is saved", lambda: "✓" in chromium.text("#saved"))
            painted = chromium.driver.execute_script("return painted")
            saves = chromium.driver.execute_script(SAVES)
        self.assertEqual(PUPILS, rows)
        self.assertGreaterEqual(len(painted), OPTIONS.keys)
        for name, values in (("key to painted cell", painted), ("entry to durable, with its way", saves)):
            print(f"{name}: p50 {percentile(values, 0.5):.1f} ms, p95 {percentile(values, 0.95):.1f} ms,"
                  f" of {len(values)}")
        print(f"{rows} pupils × {columns - 3} columns; page, style and scripts: {weight / 1024:.1f} KB compressed")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
