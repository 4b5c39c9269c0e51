#!/usr/bin/env python3
"""A person is forgotten, and is in no byte of any node's or the region's folder from then on: at the
node that was off line meanwhile too, and again at a node and a region that were restored from copies
that hold the person. Those copies are named.

    forgotten_test.py PROGRAMS    the folder of zimnik-node, zimnik-hub and old_guardian
"""

import os
import shutil
import sqlite3
import subprocess
import unittest

from copies import backup, join, put_back
from region import PASSWORD, Hub, RegionCase, programs, wait_for

programs()
NAME, PHONE = "Кунин-Единственный", "+7 900 555-01-99"
PASSPHRASE = "correct horse battery\n"
TO_DESTROY = "должны быть уничтожены: "


class Forgotten(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        self.branch = join(self, self.region, self.school, self.main, "branch")
        self.main.program.stop()
        others = self.keys()
        done = subprocess.run(
            [os.path.join(programs(), "old_guardian"), self.main.program.folder, NAME, PHONE],
            check=True, capture_output=True, text=True)
        self.person = done.stdout.strip()
        (key,) = self.keys() - others
        self.traces = (NAME.encode(), PHONE.encode(), key)
        self.main.serve()
        self.sync(self.main, self.branch)
        self.places = {"main": self.main.program, "branch": self.branch.program,
                       "hub": self.region.program}
        self.assertEqual(["branch", "hub", "main"], self.where_it_is())

    def keys(self):
        """Those that the main building holds."""
        database = sqlite3.connect(f"file:{self.main.program.folder}/keys.db?mode=ro", uri=True)
        found = {key for key, in database.execute("SELECT key FROM held")}
        database.close()
        return found

    def where_it_is(self):
        """The places of which some file holds the name, the phone or the person's key."""
        return sorted(name for name, program in self.places.items() if self.is_in(program.folder))

    def is_in(self, folder):
        for path, _, names in os.walk(folder):
            for name in names:
                if name.endswith(".sock"):
                    continue
                with open(os.path.join(path, name), "rb") as file:
                    content = file.read()
                if any(trace in content for trace in self.traces):
                    return True
        return False

    @staticmethod
    def sync(*nodes):
        for node in nodes:
            node.program.run("sync")

    def all_holds(self):
        """Every log, signature and table cell; and both nodes show the same."""
        for node in (self.main, self.branch):
            self.assertIn("всё сходится", node.program.run("verify"))
        self.assertIn("всё сходится", self.region.program.run("verify", "--all"))
        self.assertEqual(self.main.holds("person", "contact"), self.branch.holds("person", "contact"))

    def copies(self):
        """Of the node and of the region, and the authority apart."""
        self.node_copy = backup(self.main, "node-copy")
        self.hub_copy, self.authority = (os.path.join(self.folder, it) for it in ("copy", "authority"))
        self.region.program.run("backup", self.hub_copy)
        self.region.program.run("backup", "--authority", self.authority, text=PASSPHRASE)
        for copy in (self.node_copy, self.hub_copy):
            self.assertTrue(self.is_in(copy))
        self.names_copies(node=False, hub=False)

    def names_copies(self, node, hub):
        self.assertEqual(node, TO_DESTROY + self.node_copy in self.main.status())
        self.assertEqual(hub, TO_DESTROY + self.hub_copy in self.region.program.run("status"))

    def forget(self):
        """At the main building, while the branch is off line."""
        act = self.main.program.run("forget", self.person, "--reason", "срок истёк", "--by",
                                    "principal", text=PASSWORD + "\n")
        for part in ("АКТ об уничтожении", f"человек с номером {self.person}\n", "Контакт: 1",
                     "Выписка из журнала записей", self.node_copy):
            self.assertIn(part, act)
        self.assertNotIn(NAME, act)
        self.assertNotIn("main", self.where_it_is())
        self.sync(self.main)
        self.assertEqual(["branch"], self.where_it_is())
        self.sync(self.branch)
        self.assertEqual([], self.where_it_is())

    def restore_node(self):
        self.main.program.stop()
        put_back(self.main, self.node_copy)
        self.assertEqual(["main"], self.where_it_is())
        self.main.serve()
        wait_for("the node has forgotten again",
                 lambda: self.main.program.call("sync") and not self.where_it_is())
        wait_for("the node has all that it lost",
                 lambda: self.main.program.call("sync") and self.main.is_in_step())

    def restore_hub(self):
        self.region.program.kill()
        shutil.rmtree(self.region.program.folder)
        restored = Hub(self.folder, "restored")
        self.addCleanup(restored.program.stop)
        restored.program.run("restore", self.hub_copy, "--authority", self.authority, text=PASSPHRASE)
        restored.port = self.region.port
        self.region = restored.serve()
        self.places["hub"] = restored.program
        self.assertEqual(["hub"], self.where_it_is())
        wait_for("the region has forgotten again",
                 lambda: self.main.program.call("sync") and not self.where_it_is())
        for node in (self.branch, self.main):
            wait_for(f"{node.name} goes on with the restored region",
                     lambda: node.program.call("sync") and node.is_in_step())

    def test_who_was_forgotten_is_nowhere_and_stays_so_after_restores(self):
        self.copies()
        self.forget()
        self.names_copies(node=True, hub=True)
        self.all_holds()

        self.restore_node()
        self.names_copies(node=True, hub=True)
        self.all_holds()

        self.restore_hub()
        self.names_copies(node=True, hub=True)
        self.all_holds()
        self.assertEqual([], self.where_it_is())

        for copy in (self.node_copy, self.hub_copy):
            shutil.rmtree(copy)
        self.names_copies(node=False, hub=False)


if __name__ == "__main__":
    unittest.main(verbosity=2)
