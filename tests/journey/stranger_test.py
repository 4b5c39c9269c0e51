#!/usr/bin/env python3
"""Who isn't let in at a real hub, or at a real node: without a certificate, with an unknown or a
revoked one, and with one of another school.

    stranger_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import os
import shutil
import ssl
import unittest

from region import PUPILS, Lesson, RegionCase, programs, wait_for
from wire import Client, Credentials, Cutter, Listener

programs()
EXCHANGE = "/v1/exchange"


class Strangers(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")

    def enrolled(self, name, school=None):
        return self.node(name).enroll(self.region.url, self.region.token(school or self.school))

    def spoken(self, node):
        """All that this node says to another of its school, as it is under TLS: authentic requests."""
        other = self.enrolled("ear of " + node.name, node.configuration()["enrolment"]["school"])
        other.serve()
        listener = Listener(Credentials(node), Credentials(other), other.sync_port)
        self.addCleanup(listener.close)
        told = {"url": f"https://127.0.0.1:{listener.port}", "site": other.id()}
        node.configure(lambda it: it.update(siblings=[told]))
        node.serve()
        wait_for("it has said all", lambda: "обмен напрямую" in node.status())
        node.program.stop()
        other.program.stop()
        node.configure(lambda it: it.update(siblings=[]))
        return listener.bodies

    def whole(self, school=None):
        """All that the hub holds of a school."""
        school = school or self.school
        return self.region.holds(school), self.region.tips(school)

    def test_a_revoked_node_is_refused_on_the_connection_that_it_has_open(self):
        node = self.enrolled("main")
        said = self.spoken(node)[0]
        with Client(self.region.port, Credentials(node)) as client:
            self.assertEqual(200, client.post(EXCHANGE, said)[0])
            self.assertEqual(200, client.post(EXCHANGE, said)[0])
            self.region.program.run("revoke", self.school, node.id(), "--reason", "украден")
            before = self.whole()
            self.assertEqual((403, b"this site was revoked\n"), client.post(EXCHANGE, said))
        with Client(self.region.port, Credentials(node)) as client:
            self.assertEqual(403, client.post(EXCHANGE, said)[0])
        self.assertEqual(before, self.whole())

    def test_a_revoked_node_at_work_says_so_and_keeps_what_it_has(self):
        line = Cutter(self.region.port)
        self.addCleanup(line.close)
        node = self.node("main").enroll(line.url, self.region.token(self.school)).serve()
        node.program.run("import", "--sample", str(PUPILS))
        wait_for("the hub has it", node.is_in_step)
        lesson = Lesson(node)
        line.mend()
        lesson.name(node, "До отзыва")
        wait_for("this too", lambda: node.is_in_step() and line.carried["up"] > 0)
        self.assertEqual(0, line.connections, "the connection isn't kept")
        self.region.program.run("revoke", self.school, node.id(), "--reason", "украден")
        before = self.whole()
        lesson.name(node, "После отзыва")
        node.program.said(r"(округ: отказ: this site was revoked)")
        self.assertEqual(before, self.whole())
        self.assertEqual("После отзыва", lesson.topic(node))
        status = node.status()
        self.assertIn("все в ногу: нет", status)
        self.assertIn("отказ: this site was revoked", status)
        self.assertIn("отозвано 1", self.region.program.run("status"))

    def test_a_certificate_of_another_region_opens_nothing(self):
        other = self.hub("other").serve()  # a region of the same name
        foreign = self.node("foreign").enroll(
            other.url, other.token(other.add_school("Школа")))
        self.enrolled("main")
        before = self.whole()
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            with Client(self.region.port, Credentials(foreign)) as client:
                self.assertEqual(0, client.post(EXCHANGE, b"")[0])
                raise ConnectionError("closed")
        with Client(self.region.port) as nobody:
            self.assertEqual((401, b"an exchange needs a certificate\n"),
                             nobody.post(EXCHANGE, b""))
        # The node itself: it finds a hub that isn't its own.
        foreign.program.run("account", "add", "one", "--name", "Имя Фамилия", "--role", "principal")
        foreign.configure(lambda told: told.update(hub=self.region.url))
        mine = foreign.holds()
        self.assertIn("защищённое соединение не установлено", foreign.program.fails("sync"))
        self.assertIn("защищённое соединение не установлено", foreign.status())
        self.assertEqual((before, mine), (self.whole(), foreign.holds()))
        foreign.configure(lambda told: told.update(hub=other.url))
        self.assertIn("обмен окончен", foreign.program.run("sync"))

    def test_a_certificate_of_one_school_neither_writes_nor_reads_another(self):
        second = self.region.add_school("Другая школа")
        mine, other = self.enrolled("mine"), self.enrolled("other", second)
        for node, login in ((mine, "first"), (other, "second")):
            node.program.run("account", "add", login, "--name", "Имя Фамилия", "--role", "principal")
        others = self.spoken(other)
        other.program.run("sync")
        before = self.whole(), self.whole(second)
        statuses = set()
        with Client(self.region.port, Credentials(mine)) as client:
            for said in others:
                status, answer = client.post(EXCHANGE, said)
                statuses.add(status)
                self.speaks_only_of(answer, self.school, other)
                self.assertEqual(before, (self.whole(), self.whole(second)))
        # What only asks is told of this school; what brings the other's work builds on nothing that
        # is held here, or isn't authentic here.
        self.assertIn(200, statuses)
        self.assertLessEqual(statuses, {200, 422})
        self.assertGreater(len(others), 1)
        with Client(self.region.port, Credentials(mine)) as client:
            for said in self.spoken(mine):
                status, answer = client.post(EXCHANGE, said)
                self.assertEqual(200, status)
                self.speaks_only_of(answer, self.school, other)
        self.assertEqual(before[1], self.whole(second))
        self.assertIn("обмен окончен", mine.program.run("sync"))
        self.assertIn("обмен окончен", other.program.run("sync"))
        self.assertEqual(before[1], self.whole(second))

    def speaks_only_of(self, answer, school, other):
        self.assertNotIn(bytes.fromhex(other.configuration()["enrolment"]["school"]), answer)
        self.assertNotIn(bytes.fromhex(other.id()), answer)
        self.assertNotEqual(school, other.configuration()["enrolment"]["school"])

    def test_a_node_tells_one_school_from_another_too(self):
        second = self.region.add_school("Другая школа")
        mine, other = self.enrolled("mine"), self.enrolled("other", second)
        said = self.spoken(other)[0]
        mine.serve()
        before = mine.holds(), mine.tips()
        with Client(mine.sync_port, Credentials(other)) as client:
            self.assertEqual((404, b"this school isn't here\n"), client.post(EXCHANGE, said))
        with Client(mine.sync_port) as nobody:
            self.assertEqual(401, nobody.post(EXCHANGE, b"")[0])
        self.assertEqual(before, (mine.holds(), mine.tips()))

    def test_a_school_that_the_hub_lost_is_told_so_and_goes_on_when_it_is_back(self):
        self.region.program.stop()
        shutil.copytree(self.region.program.folder, self.region.program.folder + "-kept")
        self.region.serve()
        second = self.region.add_school("Новая школа")
        node = self.enrolled("new", second)
        node.program.run("account", "add", "one", "--name", "Имя Фамилия", "--role", "principal")
        before = node.holds()
        self.region.program.stop()
        now, kept = self.region.program.folder, self.region.program.folder + "-kept"
        os.rename(now, now + "-newer")
        os.rename(kept, now)
        self.region.serve()
        self.assertIn("отказ: this school isn't here", node.program.fails("sync"))
        self.assertEqual(before, node.holds())
        self.region.program.stop()
        os.rename(now, kept)
        os.rename(now + "-newer", now)
        self.region.serve()
        self.assertIn("обмен окончен", node.program.run("sync"))
        self.assertEqual(before, node.holds())


if __name__ == "__main__":
    unittest.main(verbosity=2)
