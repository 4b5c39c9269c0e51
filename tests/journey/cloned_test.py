#!/usr/bin/env python3
"""A school's node whose disk was cloned: two write as one site. Each goes on as a site of its own, and
the hub and all nodes keep what either wrote.

    cloned_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import shutil
import unittest

from copies import backup, clone, join, put_back, sees_hub
from region import RegionCase, programs, wait_for

programs()


class Cloned(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        self.site = self.main.id()

    def converge(self, *nodes):
        """All exchange with the hub until each has what it has."""
        def are_equal():
            for node in nodes:
                node.program.call("sync")
            return all(node.tips() == self.region.tips(self.school) for node in nodes)

        wait_for("all hold the same", are_equal)
        for node in nodes:
            self.assertEqual(nodes[0].holds(), node.holds())
            self.assertIn("всё сходится", node.program.run("verify"))

    def are_known(self, *nodes):
        """Each of those that were the one site goes on as another, and everybody is told so."""
        self.assertEqual(len(nodes) + 1, len({self.site, *(node.id() for node in nodes)}))
        for node in nodes:
            told = f"узел {self.site} продолжает работу как {node.id()}"
            self.assertIn(told, node.status())
            self.assertIn(told, self.region.program.run("status"))

    def mark(self, node, row):
        return self.lesson.cell(node, row=row)

    def test_the_hub_has_one_branch_and_a_sibling_the_other_of_the_same_length(self):
        main, lesson = self.main, self.lesson
        branch = join(self, self.region, self.school, main, "branch")
        sees_hub(branch, None)
        branch.serve()
        main.program.stop()
        twin = clone(self, main, "twin", hidden=True)
        sees_hub(twin, None)
        main.serve()
        twin.serve()
        lesson.enter(main, "5", row=0)
        lesson.enter(twin, "4", row=1)
        main.program.run("sync")
        twin.program.run("sibling", "add", branch.sync_address)
        wait_for("the branch has the twin's", lambda: "4" in self.mark(branch, 1))
        self.assertNotIn("5", self.mark(branch, 0))
        for node in (branch, twin):
            node.program.stop()
            sees_hub(node, self.region.url)
            node.serve()
        self.converge(main, twin, branch)
        self.converge(main, twin, branch)
        for node in (main, twin, branch):
            self.assertIn("5", self.mark(node, 0))
            self.assertIn("4", self.mark(node, 1))
            self.assertIn("разветвился, хранятся все ветви", node.status())
        self.are_known(main, twin)
        self.assertIn("разветвился, хранятся все ветви", self.region.program.run("status"))

    def test_a_copy_on_another_disk_goes_on_as_a_new_site_at_once(self):
        main, lesson = self.main, self.lesson
        main.program.stop()
        twin = clone(self, main, "twin")
        main.serve()
        twin.serve()
        self.assertEqual(self.site, main.id())
        self.assertIn(f"продолжает {self.site}", twin.status())
        self.assertIn("диск, файл журнала или машина — другие", twin.status())
        lesson.enter(main, "5", row=0)
        lesson.enter(twin, "4", row=1)
        self.converge(main, twin)
        self.converge(main, twin)
        for node in (main, twin):
            self.assertIn("5", self.mark(node, 0))
            self.assertIn("4", self.mark(node, 1))
        self.are_known(main, twin)

    def test_a_forked_disk_dies_after_a_sibling_took_its_branch(self):
        main, lesson = self.main, self.lesson
        branch = join(self, self.region, self.school, main, "branch").serve()
        main.program.stop()
        twin = clone(self, main, "twin", hidden=True)
        sees_hub(twin, None)
        main.serve()
        twin.serve()
        sees = lambda text, row: text in self.mark(branch, row)
        lesson.enter(main, "5", row=0)
        lesson.enter(twin, "4", row=1)
        twin.program.run("sibling", "add", branch.sync_address)
        wait_for("the branch has the twin's", lambda: sees("4", 1))
        twin.program.kill()
        shutil.rmtree(twin.program.folder)
        self.converge(main, branch)
        self.converge(main, branch)
        for node in (main, branch):
            self.assertIn("5", self.mark(node, 0))
            self.assertIn("4", self.mark(node, 1))
        self.are_known(main)

    def test_one_backup_restored_twice_off_line(self):
        main, lesson = self.main, self.lesson
        saved = backup(main, "last-week")
        lesson.enter(main, "3", row=2)
        main.program.run("sync")
        main.program.stop()
        put_back(main, saved)
        twin = clone(self, main, "twin")
        for node in (main, twin):
            sees_hub(node, None)
            node.serve()
        lesson.enter(main, "5", row=0)
        lesson.enter(twin, "4", row=1)
        main.program.run("sibling", "add", twin.sync_address)  # straight, before the region hears
        for node in (main, twin):
            node.program.stop()
            sees_hub(node, self.region.url)
            node.serve()
        self.converge(main, twin)
        self.converge(main, twin)
        for node in (main, twin):
            self.assertIn("5", self.mark(node, 0))
            self.assertIn("4", self.mark(node, 1))
            self.assertIn("3", self.mark(node, 2))
        self.are_known(main, twin)


if __name__ == "__main__":
    unittest.main(verbosity=2)
