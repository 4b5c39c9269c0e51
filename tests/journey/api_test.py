"""Another system reads a school through the hub's API: what comes is what the API's document says."""

import datetime
import io
import json
import os
import re
import sqlite3
import subprocess
import unittest
import urllib.error
import urllib.request
import zipfile

import jsonschema

import redocly
from region import PUPILS, RegionCase, programs, school_day

ROOT = "/api/v1"
SCHOOL = ROOT + "/schools/{school}"


class Caller:
    """Who has a key; without one, anybody."""

    def __init__(self, hub, key=None):
        self.hub, self.key = hub, key

    def ask(self, path, method="GET", **headers):
        if self.key:
            headers["Authorization"] = "Bearer " + self.key
        request = urllib.request.Request(self.hub.web + path, None if method == "GET" else b"", headers,
                                         method=method)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            return error

    def json(self, path):
        with self.ask(path) as answer:
            assert answer.status == 200, (path, answer.status, answer.read())
            return json.load(answer)


def imported(node, file, *options):
    """What a node says of an archive that is brought in."""
    with open(file, "rb") as archive:
        done = subprocess.run([node.program.path, "--data", node.program.folder, "import", "--kind",
                               "oneroster", *options], stdin=archive, capture_output=True, timeout=120)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, said
    return said


def structure(node):
    """Who and what a school consists of, by words: ids are each school's own. Without secretaries:
    OneRoster has no such role."""
    database = sqlite3.connect(os.path.join(node.program.folder, "journal.db"), timeout=30)
    try:
        return [sorted(database.execute(it), key=repr) for it in (
            "SELECT kind, family_name, given_name, patronymic FROM person WHERE kind != "
            "'guardian' AND id NOT IN (SELECT person FROM role_grant WHERE role = 'secretary')",
            "SELECT k.grade_level, k.letter, p.family_name FROM school_class k LEFT JOIN person p "
            "ON p.id = k.class_teacher",
            "SELECT k.grade_level, k.letter, p.family_name, p.given_name FROM enrolment e JOIN "
            "school_class k ON k.id = e.school_class JOIN person p ON p.id = e.pupil",
            "SELECT k.grade_level, k.letter, s.name, g.name, p.family_name FROM course c JOIN "
            "school_class k ON k.id = c.school_class JOIN subject s ON s.id = c.subject LEFT JOIN "
            "study_group g ON g.id = c.study_group LEFT JOIN person p ON p.id = c.teacher",
            "SELECT g.name, p.family_name, p.given_name FROM group_member m JOIN study_group g ON "
            "g.id = m.study_group JOIN person p ON p.id = m.pupil",
            "SELECT code, starts, ends FROM reporting_period")]
    finally:
        database.close()


class ApiTest(RegionCase):
    @classmethod
    def setUpClass(cls):
        cls.days = (school_day() - datetime.timedelta(days=300), school_day())

    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        key = self.region.program.run("api-key", "add", "Дневник", "--scopes", "structure", "names",
                                      "journal", "finals", "oneroster", "--all-schools").strip()
        self.caller = Caller(self.region, key)
        self.document = self.caller.json(ROOT + "/openapi.json")

    def address(self, path):
        """Of a documented path, with what it needs."""
        operation = self.document["paths"][path]["get"]
        needs = {self.resolved(it)["name"] for it in operation["parameters"]}
        query = f"?from={self.days[0]}&to={self.days[1]}" if "from" in needs else ""
        return path.replace("{school}", self.school) + query

    def resolved(self, node):
        for part in node.get("$ref", "").split("/")[1:]:
            node = self.document if "$ref" in node else node
            node = node[part]
        return node

    def check(self, schema, value):
        """Against a schema of the document."""
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "components": self.document["components"], **schema}
        checker = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        faults = [f"{list(it.absolute_path)}: {it.message}" for it in checker.iter_errors(value)]
        self.assertEqual(faults[:5], [])

    def documented(self, path, status):
        """The schema of an answer with that status, and its media type."""
        response = self.resolved(self.document["paths"][path]["get"]["responses"][str(status)])
        (media, content), = response["content"].items()
        return media, content["schema"]

    def test_the_document_holds_by_a_linter(self):
        file = os.path.join(self.folder, "openapi.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(self.document, out, ensure_ascii=False)
        said, holds = redocly.lint(file)
        self.assertTrue(holds, said)
        with open(file, "w", encoding="utf-8") as out:
            json.dump({**self.document, "paths": {"/x": {"get": {"parameters": [{"name": "x"}]}}}}, out)
        self.assertFalse(redocly.lint(file)[1])

    def test_each_documented_path_answers_as_its_document_says(self):
        seen = {}
        for path in self.document["paths"]:
            with self.subTest(path), self.caller.ask(self.address(path)) as answer:
                self.assertEqual(answer.status, 200)
                media, schema = self.documented(path, 200)
                self.assertEqual(answer.headers["Content-Type"], media)
                if media == "application/zip":
                    continue
                value = json.load(answer)
                self.check(schema, value)
                seen[path.rpartition("/")[2]] = value
                again = self.caller.ask(self.address(path), **{"If-None-Match": answer.headers["ETag"]})
                self.assertEqual((again.status, again.read()), (304, b""))
        self.assertEqual(len(seen["pupils"]["items"]), PUPILS)
        for name in ("classes", "courses", "periods", "staff", "enrolments", "timetable", "lessons",
                     "marks", "attendance"):
            self.assertTrue(seen[name]["items"], name)
        self.assertRegex(seen["pupils"]["as_of"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_what_is_refused_is_refused_as_the_document_says(self):
        path = SCHOOL + "/marks"
        narrow = Caller(self.region, self.region.program.run(
            "api-key", "add", "Узкий", "--scopes", "structure", "--schools", self.school).strip())
        address = self.address(path)
        for status, caller, at in ((400, self.caller, address.partition("?")[0]),
                                   (401, Caller(self.region), address),
                                   (401, Caller(self.region, "zimnik_" + "0" * 64), address),
                                   (403, narrow, address),
                                   (404, self.caller, address.replace(self.school, "0" * 32))):
            with self.subTest(status), caller.ask(at) as answer:
                self.assertEqual(answer.status, status)
                media, schema = self.documented(path, status)
                self.assertEqual(answer.headers["Content-Type"], media)
                self.check(schema, json.load(answer))
        for method in ("POST", "PUT", "DELETE"):
            self.assertEqual(self.caller.ask(address, method=method).status, 405)

    def test_all_marks_come_page_by_page_as_the_journal_has_them(self):
        address, rows, cursor = self.address(SCHOOL + "/marks") + "&limit=500", [], ""
        while cursor is not None:
            page = self.caller.json(address + (f"&cursor={cursor}" if cursor else ""))
            rows += page["items"]
            cursor = page["next"]
        keys = {tuple(it[name] for name in ("course", "date", "number", "pupil", "work", "attempt"))
                for it in rows}
        self.assertEqual(len(keys), len(rows))
        pupils = self.caller.json(f"{ROOT}/schools/{self.school}/pupils?limit=500")["items"]
        shared = {it["id"] for it in pupils if it["journal_is_shared"]}
        self.assertTrue(0 < len(shared))
        held = [it for it in self.main.holds("mark")["mark"]
                if str(self.days[0]) <= it[1] <= str(self.days[1]) and it[3] in shared]
        self.assertEqual({tuple(it[:6]) for it in held}, keys)

    def test_the_archive_makes_the_same_school_and_changes_nothing_where_it_came_from(self):
        with self.caller.ask(self.address(SCHOOL + "/oneroster.zip")) as answer:
            archive = answer.read()
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            self.assertIsNone(files.testzip())
            names = files.namelist()
            self.assertFalse([it for it in names if "/" in it])
            manifest = files.read("manifest.csv").decode()
        self.assertIn("oneroster.version,1.2\r\n", manifest)
        self.assertEqual(set(re.findall(r"file\.(\w+),bulk", manifest)) | {"attendance", "manifest"},
                         {it.removesuffix(".csv") for it in names})
        file = os.path.join(self.folder, "school.zip")
        self.region.program.run("export", "--oneroster", self.school, file)
        with open(file, "rb") as made:
            self.assertEqual(made.read(), archive)
        self.assertIn("новых: 0, изменённых: 0, убранных: 0", imported(self.main, file, "--preview"))
        other = self.node("other").enroll(
            self.region.url, self.region.token(self.region.add_school("Пустая"))).serve()
        self.assertIn("внесено", imported(other, file))
        self.assertEqual(structure(other), structure(self.main))


if __name__ == "__main__":
    programs()
    unittest.main(verbosity=2)
