#!/usr/bin/env python3
"""A school's node that was rolled back: an old backup put back, a -wal that is gone, a disk that lied.
It goes on teaching at once, takes back what others hold of its log, and goes on as a new site.

    restored_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import shutil
import unittest

from copies import backup, hide, join, put_back
from region import RegionCase, programs, wait_for

programs()


class Restored(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        self.site = self.main.id()

    def all_is_there(self, *nodes):
        """What was lost and what was typed since, at the hub and at each node, and it is proven."""
        for node in nodes:
            wait_for(f"{node.name} has all", lambda: node.program.call("sync") and
                     node.tips() == self.region.tips(self.school))
            self.assertEqual("Потеряно", self.lesson.topic(node))
            self.assertIn("4", self.lesson.cell(node, row=1))
            self.assertIn("всё сходится", node.program.run("verify"))
        for node in nodes[1:]:
            self.assertEqual(nodes[0].holds(), node.holds())

    def goes_on(self, reason):
        said = self.main.status()
        self.assertIn(f"продолжает {self.site}", said)
        self.assertIn(reason, said)
        self.assertNotEqual(self.site, self.main.id())
        told = f"узел {self.site} продолжает работу как {self.main.id()}"
        self.assertIn(told, said)
        wait_for("the operators see it", lambda: told in self.region.program.run("status"))
        self.assertIn(reason, self.region.program.run("status"))

    def test_an_old_backup_put_back_beside_the_key(self):
        main, lesson = self.main, self.lesson
        saved = backup(main, "last-week")
        self.assertEqual(["journal.db", "keys.db", "node.json"], sorted(os.listdir(saved)))
        for name in os.listdir(saved):
            self.assertEqual(0o600, os.stat(os.path.join(saved, name)).st_mode & 0o777)
        self.assertIn("там уже что-то есть", main.program.fails("backup", saved))
        lesson.name(main, "Потеряно")
        main.program.run("sync")
        self.region.program.stop()
        main.program.stop()
        put_back(main, saved)
        main.serve()
        self.assertNotEqual("Потеряно", lesson.topic(main))
        lesson.enter(main, "4", row=1)  # teaching goes on while there is no line
        self.assertIn("ещё не заверен", main.status())
        self.region.serve()
        wait_for("the region hears of it", lambda: "обмен окончен" in main.program.call("sync"))
        branch = join(self, self.region, self.school, main, "branch").serve()
        self.all_is_there(main, branch)
        self.goes_on("в журнале нет того, что узел уже отправил")
        self.assertNotIn("разветвился", main.status())
        # From now on it is as any other: nothing is in doubt at the next start.
        now = main.id()
        main.program.stop()
        main.serve()
        self.assertEqual(now, main.id())
        self.assertFalse(os.path.exists(os.path.join(main.program.folder, "site.old.key")))

    def test_a_backup_on_a_new_disk_needs_a_token_and_nothing_else(self):
        main, lesson = self.main, self.lesson
        saved = backup(main, "last-week")
        lesson.name(main, "Потеряно")
        main.program.run("sync")
        main.program.stop()
        put_back(main, saved, wiped=True)
        main.serve()
        lesson.enter(main, "4", row=1)
        self.assertIn("нужен код", main.status())
        self.assertIn("нужен код", main.program.fails("sync"))
        self.assertEqual(self.site, main.configuration()["former"])
        self.assertEqual("узел включён в округ\n", main.program.run(
            "enroll", "--hub", self.region.url, "--token", self.region.token(self.school), "--name", "main"))
        self.all_is_there(main)
        self.assertIn(f"продолжает {self.site}", main.status())
        self.assertNotIn("former", main.configuration())
        self.assertIn(f"узел {self.site} продолжает работу как {main.id()}", self.region.program.run("status"))
        wait_for("the site that was isn't waited for", lambda: main.program.call("sync") and
                 "в ногу да" in self.region.program.run("status"))
        self.assertIn("уже включён", main.program.fails(
            "enroll", "--hub", self.region.url, "--token", self.region.token(self.school), "--name", "main"))

    def test_the_same_backup_twice_by_the_command(self):
        main, lesson = self.main, self.lesson
        saved = backup(main, "last-week")
        sites = [self.site]
        for attempt in range(2):
            lesson.name(main, "Потеряно")
            main.program.run("sync")
            main.program.kill()  # its -wal files stay
            said = main.program.run("restore", saved)
            self.assertIn("дальше он справится сам", said)
            main.serve()
            lesson.enter(main, "4", row=1)
            wait_for("what was lost is back", lambda: main.program.call("sync") and
                     lesson.topic(main) == "Потеряно")
            self.all_is_there(main)
            wait_for("in step", main.is_in_step)
            sites.append(main.id())
            self.assertEqual(len(sites), len(set(sites)), sites)
            self.assertIn(f"продолжает {sites[-2]}", main.status())
        # What was in the folder lies aside, and is known as a copy.
        aside = [name for name in os.listdir(main.program.folder) if name.startswith("before-restore-")]
        self.assertEqual(2, len(aside))
        for name in aside:
            self.assertIn(f"копия данных: {os.path.join(main.program.folder, name)}", main.status())

    def test_no_restore_from_what_is_no_backup(self):
        main = self.main
        saved = backup(main, "last-week")
        self.assertIn("узл", main.program.fails("restore", saved))  # it is at work
        main.program.stop()
        before = main.id()
        os.rename(os.path.join(saved, "node.json"), os.path.join(saved, "other.json"))
        self.assertIn("это не копия узла", main.program.fails("restore", saved))
        os.rename(os.path.join(saved, "other.json"), os.path.join(saved, "node.json"))
        with open(os.path.join(saved, "keys.db"), "r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 2048)
        self.assertIn("keys.db", main.program.fails("restore", saved))
        self.assertFalse([name for name in os.listdir(main.program.folder) if "restore" in name])
        main.serve()
        self.assertEqual(before, main.id())

    def test_keys_that_are_gone_come_from_others(self):
        main = self.main
        branch = join(self, self.region, self.school, main, "branch").serve()
        main.program.kill()
        for name in os.listdir(main.program.folder):
            if name.startswith("keys.db"):
                os.remove(os.path.join(main.program.folder, name))
        main.serve()
        self.assertIn("нет ключа школы", main.status())
        self.assertIn("нет ключа школы", main.program.fails("verify"))
        wait_for("the keys are back", lambda: main.program.call("sync") and branch.program.call("sync") and
                 "ключи:" not in main.status())
        self.assertIn("teacher01", main.program.run("account", "list"))
        self.goes_on("пропал файл ключей")
        self.assertIn("всё сходится", main.program.run("verify"))

    def test_a_wal_that_is_gone(self):
        main, lesson = self.main, self.lesson
        main.program.stop()
        main.serve()
        lesson.name(main, "Потеряно")
        main.program.run("sync")
        main.program.kill()
        for end in ("-wal", "-shm"):
            os.remove(os.path.join(main.program.folder, "journal.db" + end))
        main.serve()
        lesson.enter(main, "4", row=1)
        self.all_is_there(main)
        self.goes_on("в журнале нет того, что узел уже отправил")

    def test_a_disk_that_lied_of_all_that_it_had(self):
        """The mark is lost with the rest: what others hold of its log is the only sign."""
        main, lesson = self.main, self.lesson
        main.program.stop()
        before = os.path.join(self.folder, "before")
        shutil.copytree(main.program.folder, before, ignore=shutil.ignore_patterns("*.sock", "*.log"))
        main.serve()
        lesson.name(main, "Потеряно")
        main.program.run("sync")
        main.program.kill()
        shutil.rmtree(main.program.folder)
        shutil.copytree(before, main.program.folder)
        hide(main)
        self.region.program.stop()
        main.serve()
        self.assertEqual(self.site, main.id())
        lesson.enter(main, "4", row=1)  # in the place of what was lost
        self.region.serve()
        self.all_is_there(main)
        main.program.run("sync")
        self.goes_on("у других нашлись записи этого узла")
        self.assertIn("разветвился", main.status())
        self.assertIn("разветвился", self.region.program.run("status"))

    def test_siblings_heal_it_when_the_hub_is_gone(self):
        main, lesson = self.main, self.lesson
        branch = join(self, self.region, self.school, main, "branch").serve()
        saved = backup(main, "last-week")
        main.program.run("sibling", "add", branch.sync_address)
        lesson.name(main, "Потеряно")
        wait_for("the branch has it", lambda: lesson.topic(branch) == "Потеряно")
        self.region.program.kill()
        main.program.stop()
        told = main.configuration()["siblings"]
        put_back(main, saved)
        main.configure(lambda it: it.update(siblings=told))
        main.serve()
        lesson.enter(main, "4", row=1)
        wait_for("what was lost is back", lambda: lesson.topic(main) == "Потеряно")
        wait_for("the branch has what was typed since", lambda: "4" in lesson.cell(branch, row=1))
        wait_for("both are the same", lambda: main.holds() == branch.holds())
        self.assertIn("ещё не заверен", main.status())
        self.assertIn(f"узел {self.site} продолжает работу как {main.id()}", branch.status())
        for node in (main, branch):
            self.assertIn("всё сходится", node.program.run("verify"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
