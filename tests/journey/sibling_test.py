#!/usr/bin/env python3
"""Two nodes of one school, as real programs: after the hub has enrolled them they need it no more.

    sibling_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import unittest

from region import PUPILS, Lesson, RegionCase, programs, wait_for

programs()


class Siblings(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main = self.enrolled("main", self.school)

    def enrolled(self, name, school):
        return self.node(name).enroll(self.region.url, self.region.token(school))

    def test_a_mark_reaches_the_other_building_when_the_hub_is_gone_for_good(self):
        main, branch = self.main, self.enrolled("branch", self.school)
        self.region.program.kill()
        main.serve()
        branch.serve()
        main.program.run("import", "--sample", str(PUPILS))
        added = main.program.run("sibling", "add", branch.sync_address)
        self.assertIn(branch.id(), added)
        self.assertIn(f"https://{branch.sync_address}\t{branch.id()}",
                      main.program.run("sibling", "list"))
        wait_for("the branch has the school", lambda: "teacher01" in branch.program.run("account", "list"))
        lesson = Lesson(main)
        lesson.enter(main, "5")
        lesson.name(main, "Без округа")
        wait_for("the mark is at the branch", lambda: lesson.topic(branch) == "Без округа")
        self.assertIn("5", lesson.cell(branch))
        self.told(main, branch)
        self.told(branch, main)
        # The branch wasn't told of an address: the main building calls, and takes along what it finds.
        lesson.enter(branch, "4", row=1)
        lesson.name(main, "Ещё раз")
        wait_for("both ways", lambda: "4" in lesson.cell(main, row=1))
        wait_for("both are the same", lambda: main.holds() == branch.holds())
        for node in (main, branch):
            self.assertIn("всё сходится", node.program.run("verify"))

    def told(self, node, other):
        """Its status names the other, and what isn't there yet: nothing."""
        wait_for(f"{node.name} says so", lambda: self.line_of(node, other).endswith("записей: 0"))
        self.assertIn("обмен напрямую", self.line_of(node, other))
        self.assertIn("будет потеряно записей: 0", node.status())
        self.assertIn("все в ногу: нет", node.status())
        self.assertIn("нет связи", node.status())

    @staticmethod
    def line_of(node, other):
        return next((it for it in node.status().splitlines() if "узел " + other.id() in it), "")

    def test_addresses_are_kept_whether_the_node_is_at_work_or_not(self):
        main, branch = self.main, self.enrolled("branch", self.school).serve()
        main.program.run("sibling", "add", f"https://{branch.sync_address}")
        kept = main.program.run("sibling", "list")
        main.serve()
        self.assertEqual(kept, main.program.run("sibling", "list"))
        # Once more is once; gone is gone, at work and after.
        main.program.run("sibling", "add", branch.sync_address)
        self.assertEqual(kept, main.program.run("sibling", "list"))
        main.program.run("sibling", "remove", branch.sync_address)
        self.assertEqual("", main.program.run("sibling", "list"))
        self.assertIn("такого адреса", main.program.fails("sibling", "remove", branch.sync_address))
        main.program.stop()
        self.assertEqual("", main.program.run("sibling", "list"))

    def test_a_node_that_is_off_is_added_by_its_id(self):
        main, branch = self.main, self.enrolled("branch", self.school)
        branch.serve()
        address, site = branch.sync_address, branch.id()
        branch.program.stop()
        self.assertIn("никто не отвечает", main.program.fails("sibling", "add", address))
        self.assertIn("не известен", main.program.fails("sibling", "add", address, "--site", "0" * 32))
        self.assertIn("нужно 32 знака", main.program.fails("sibling", "add", address, "--site", "ab"))
        self.assertIn("не известен", main.program.fails("sibling", "add", address, "--site", site))
        main.program.run("sync")  # from the hub it hears of the branch
        main.serve()
        main.program.run("sibling", "add", address, "--site", site)
        branch.serve()
        wait_for("they have found each other", lambda: "обмен напрямую" in self.line_of(main, branch))

    def test_who_is_no_node_of_this_school_is_refused_by_name_and_nothing_changes(self):
        main = self.main.serve()
        other = self.enrolled("other", self.region.add_school("Другая школа")).serve()
        before = main.holds(), other.holds(), main.configuration()
        refusal = main.program.fails("sibling", "add", other.sync_address)
        self.assertIn(f"узел {other.id()} — другой школы", refusal)
        self.assertIn("это сервер округа",
                      main.program.fails("sibling", "add", f"127.0.0.1:{self.region.port}"))
        self.assertIn("это сам этот узел", main.program.fails("sibling", "add", main.sync_address))
        self.assertIn("там не узел этого округа",
                      main.program.fails("sibling", "add", self.web_address(main)))
        self.assertIn("нужно так", main.program.fails("sibling", "add", "branch"))
        # Nor is it let in where somebody wrote it into the file by hand.
        other.program.stop()
        other.configure(lambda told: told.update(
            siblings=[{"url": f"https://{main.sync_address}", "site": main.id()}]))
        other.serve()
        main.program.said("(узлу другой школы отказано)")
        other.program.said(r"(отказ: this school isn't here)")
        self.assertEqual(before[:2], (main.holds(), other.holds()))
        self.assertEqual(before[2], main.configuration())

    @staticmethod
    def web_address(node):
        return "127.0.0.1:" + node.program.said(r"журнал: https://\S+:(\d+)")


if __name__ == "__main__":
    unittest.main(verbosity=2)
