#!/usr/bin/env python3
"""A mark is proven to who has nothing of the school but a file and the region's certificate; a copied
database is checked by the same; status says what would be lost, and who is in step.

    proof_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import unittest

from region import RegionCase, programs, wait_for

programs()


class Proofs(RegionCase):
    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        # An empty folder, with the certificate alone.
        self.bare = os.path.join(self.folder, "bare")
        os.mkdir(self.bare)
        self.certificate = os.path.join(self.bare, "region.pem")
        with open(self.certificate, "w", encoding="utf-8") as file:
            file.write(self.region.program.run("authority"))

    def off_line(self, program, *arguments, code=0):
        """`verify` in the empty folder: what it says, when it ends so."""
        done = subprocess.run([os.path.join(programs(), program), "verify", *arguments,
                               "--authority", self.certificate],
                              cwd=self.bare, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def mark(self):
        """A mark that a teacher entered, changed, and sent, by its key."""
        self.lesson.enter(self.main, "5")
        self.lesson.enter(self.main, "4")
        wait_for("the mark is at the hub", self.main.is_in_step)
        line = self.main.program.run("prove", "mark").splitlines()[0]
        return line.split("\t")[0]

    def test_a_mark_is_proven_from_an_empty_folder_and_a_forgery_is_told(self):
        key = self.mark()
        for program, command in ((self.main.program, ["prove", "mark", key]),
                                 (self.region.program, ["prove", self.school, "mark", key])):
            file = os.path.join(self.bare, "proof.json")
            said = program.run(*command, "--out", file)
            self.assertIn("value 5", said)
            self.assertIn("value 4", said)
            self.assertIn("заменено", said)
            self.assertIn("действует", said)
            self.assertIn("teacher01", said)
            count = re.search(r"доказать можно записей: (\d+)", said).group(1)
            self.assertIn(f"с квитанцией округа: {count}", said)
            for checker in ("zimnik-node", "zimnik-hub"):
                checked = self.off_line(checker, "--proof", file)
                self.assertIn(f"доказано записей: {count}", checked)
                self.assertIn("value 4", checked)
                self.assertIn("вместо 1", checked)
                self.assertIn("округ принял не позже", checked)
                self.assertIn(self.main.id(), checked)
            with open(file, encoding="utf-8") as proof:
                forged = proof.read()
            with open(file, "w", encoding="utf-8") as proof:
                proof.write(forged.replace('"time": 1', '"time": 2', 1))
            self.assertIn("was damaged", self.off_line("zimnik-node", "--proof", file, code=1))
        self.a_name_is_stated_and_proven_only_with_its_key()
        self.what_isnt_a_proof_or_a_row_is_refused_by_name()
        self.another_region_proves_nothing(key)

    def another_region_proves_nothing(self, key):
        file = os.path.join(self.bare, "proof.json")
        self.main.program.run("prove", "mark", key, "--out", file)
        other = self.hub("other")
        with open(self.certificate, "w", encoding="utf-8") as certificate:
            certificate.write(other.program.run("authority"))
        said = self.off_line("zimnik-node", "--proof", file, code=1)
        self.assertIn("isn't signed by this authority", said)
        self.assertIn("не доказано", said)

    def a_name_is_stated_and_proven_only_with_its_key(self):
        key = self.main.program.run("prove", "person").splitlines()[0].split("\t")[0]
        file = os.path.join(self.bare, "person.json")
        self.main.program.run("prove", "person", key, "--out", file)
        self.assertIn("НЕ доказано", self.off_line("zimnik-node", "--proof", file))
        with open(file, encoding="utf-8") as proof:
            self.assertEqual(json.load(proof)["keys"], [])
        said = self.main.program.run("prove", "person", key, "--with-keys", "--out", file)
        self.assertIn("в доказательстве ключи", said)
        self.assertIn("открыто вложенным ключом", self.off_line("zimnik-node", "--proof", file))

    def what_isnt_a_proof_or_a_row_is_refused_by_name(self):
        file = os.path.join(self.bare, "no.json")
        with open(file, "w", encoding="utf-8") as proof:
            proof.write("{}")
        self.assertIn("no.json", self.off_line("zimnik-node", "--proof", file, code=1))
        self.assertIn("таблицы «marks» нет", self.main.program.fails("prove", "marks"))
        self.assertIn("course,date,number,pupil,work,attempt",
                      self.main.program.fails("prove", "mark", "1,2"))
        self.assertIn("таких записей нет",
                      self.main.program.fails("prove", "mark", "1,2026-01-01,1,1,1,1"))

    def test_a_copied_database_is_checked_with_the_certificate_alone(self):
        self.mark()
        folder = self.main.program.folder
        self.assertIn("всё сходится", self.main.program.run("verify"))  # signs what isn't signed
        self.main.program.stop()
        copy, keys = (os.path.join(self.bare, it) for it in ("journal.db", "keys.db"))
        for name in os.listdir(folder):
            if name.startswith(("journal.db", "keys.db")) and name.endswith((".db", "-wal")):
                shutil.copy(os.path.join(folder, name), self.bare)
        before = self.all_bytes()
        for checker in ("zimnik-node", "zimnik-hub"):
            said = self.off_line(checker, "--copy", copy)
            self.assertIn("всё сходится", said)
            self.assertIn("кроме того, что под ключами", said)
        self.assertNotIn("квитанций округа: 0", said)
        said = self.off_line("zimnik-node", "--copy", copy, "--keys", keys)
        self.assertIn("не прочесть без ключей: 0", said)
        self.assertIn("таблицы сравнены с журналом\n", said)
        self.assertEqual(self.all_bytes(), before)
        with sqlite3.connect(copy) as database:
            database.create_function("zimnik_next_arrival", 0, lambda: 1)
            database.execute("UPDATE mark SET value = CASE value WHEN 2 THEN 3 ELSE 2 END "
                             "WHERE mark_version = (SELECT max(mark_version) FROM mark)")
        database.close()
        said = self.off_line("zimnik-node", "--copy", copy, code=1)
        self.assertIn("table mark, row", said)
        self.assertIn("isn't what the log says", said)
        with sqlite3.connect(copy) as database:
            database.execute("UPDATE zimnik_meta SET value = CAST('1' AS BLOB) WHERE name = 'schema'")
        database.close()
        said = self.off_line("zimnik-node", "--copy", copy, code=3)
        self.assertIn("таблицы НЕ сравнены", said)
        self.assertNotIn("всё сходится", said)
        self.the_hub_checks_its_schools()

    def all_bytes(self):
        """Of each file in the folder of who has nothing else."""
        found = {}
        for name in os.listdir(self.bare):
            with open(os.path.join(self.bare, name), "rb") as file:
                found[name] = file.read()
        return found

    def the_hub_checks_its_schools(self):
        self.assertIn("Школа\tвсё сходится", self.region.program.run("verify", "--all"))
        self.assertIn("всё сходится", self.region.program.run("verify", self.school))
        self.region.program.fails("verify", code=2)
        self.region.program.stop()
        path = os.path.join(self.region.program.folder, "schools", self.school + ".db")
        with sqlite3.connect(path) as database:
            database.execute("UPDATE zimnik_line SET head_time = head_time + 1")
        database.close()
        said = self.region.program.fails("verify", "--all")
        self.assertIn("its head isn't signed by its site", said)
        self.assertIn("не сходится", said)

    def test_status_says_what_would_be_lost_and_who_is_in_step(self):
        self.assertIn("будет потеряно записей: 0 ", self.main.status())
        wait_for("the hub says so too", lambda: "в ногу да" in self.told_again())
        self.assertIn("только здесь 0", self.region.program.run("status"))
        self.region.program.stop()
        self.lesson.name(self.main, "Без связи")
        status = self.main.status()
        self.assertNotIn("будет потеряно записей: 0 ", status)
        self.assertIn("все в ногу: нет", status)
        self.region.serve()
        self.main.program.call("sync")
        wait_for("the topic is at the hub", self.main.is_in_step)
        self.assertIn("будет потеряно записей: 0 ", self.main.status())

    def told_again(self):
        """The hub's status after one more exchange: in it the node says what it has taken."""
        self.main.program.call("sync")
        return self.region.program.run("status")


if __name__ == "__main__":
    unittest.main(verbosity=2)
