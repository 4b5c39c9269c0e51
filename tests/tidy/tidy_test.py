#!/usr/bin/env python3
"""Shows on trees made for it that tidy.py finds every kind of violation, and only those."""

import os
import shutil
import tempfile
import unittest

import tidy

HEADER = "#pragma once\n\nint {name}();\n"

CLEAN = {
    "CMakeLists.txt": "project(x)\n",
    ".clang-format": "BasedOnStyle: Google\nColumnLimit: 100\n",
    "sync/core/CMakeLists.txt": "add_library(core a.cpp a.h)\n",
    "sync/core/a.h": HEADER.format(name="a"),
    "sync/core/a.cpp": '#include "sync/core/a.h"\n\n#include <vector>\n\nint a() { return 1; }\n',
    "sync/store/CMakeLists.txt": "add_library(store\n  s.h)\n",
    "sync/store/s.h": "// A comment may stand\n// above it.\n" + HEADER.format(name="s"),
    "sync/net/CMakeLists.txt": "add_library(net n.h)\n",
    "sync/net/n.h": HEADER.format(name="n"),
    "schema/CMakeLists.txt": "add_library(schema journal/j.h)\n",
    "schema/journal/j.h": HEADER.format(name="j"),
    "node/CMakeLists.txt": "add_library(node d.h)\n",
    "node/d.h": HEADER.format(name="d"),
    "hub/CMakeLists.txt": "add_library(hub h.h)\n",
    "hub/h.h": HEADER.format(name="h"),
}


def write(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def with_include(path, included):
    return {path: f'#pragma once\n\n#include "{included}"\n'}


class TidyTest(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        write(self.root, CLEAN)

    def found(self, changes=None):
        write(self.root, changes or {})
        return list(tidy.violations(self.root))

    def finds(self, changes, path, line, reason):
        """Exactly one violation, there and for that reason; then the tree is clean again."""
        found = self.found(changes)
        self.assertEqual(1, len(found), found)
        self.assertEqual((path, line), found[0][:2])
        self.assertIn(reason, found[0][2])
        for changed in changes:
            os.remove(os.path.join(self.root, changed))
        write(self.root, {path: text for path, text in CLEAN.items() if path in changes})

    def test_a_clean_tree_passes(self):
        self.assertEqual([], self.found())

    def test_includes_run_downwards_only(self):
        for path, included in [
            ("sync/core/a.h", "sync/store/s.h"),
            ("sync/core/a.h", "schema/journal/j.h"),
            ("sync/store/s.h", "sync/net/n.h"),
            ("sync/store/s.h", "schema/journal/j.h"),
            ("sync/net/n.h", "schema/journal/j.h"),
            ("sync/net/n.h", "node/d.h"),
            ("schema/journal/j.h", "sync/net/n.h"),
            ("schema/journal/j.h", "node/d.h"),
            ("node/d.h", "hub/h.h"),
            ("hub/h.h", "node/d.h"),
        ]:
            with self.subTest(path=path, included=included):
                self.finds(with_include(path, included), path, 3, f"must not include {included}")

    def test_parts_that_stand_beside_each_other_do_not_include_each_other(self):
        tree = {"hub/web/w.h": HEADER.format(name="web"),
                "hub/CMakeLists.txt": "add_library(hub h.h web/w.h delivery/d.h)\n"}
        self.finds({**tree, **with_include("hub/delivery/d.h", "hub/web/w.h")},
                   "hub/delivery/d.h", 3, "hub/delivery must not include hub/web/w.h")

    def test_angle_brackets_hide_no_include(self):
        self.finds({"hub/h.h": "#pragma once\n#include <node/d.h>\n"},
                   "hub/h.h", 2, "hub must not include node/d.h")

    def test_downward_includes_pass(self):
        for path, included in [
            ("sync/store/s.h", "sync/core/a.h"),
            ("sync/net/n.h", "sync/store/s.h"),
            ("schema/journal/j.h", "sync/store/s.h"),
            ("node/d.h", "sync/net/n.h"),
            ("hub/h.h", "schema/journal/j.h"),
        ]:
            with self.subTest(path=path, included=included):
                self.assertEqual([], self.found(with_include(path, included)))

    def test_tests_may_include_everything(self):
        self.assertEqual([], self.found({
            "tests/CMakeLists.txt": "add_executable(t t_test.cpp)\n",
            "tests/t_test.cpp": '#include "hub/h.h"\n#include "node/d.h"\n#include "sync/net/n.h"\n',
        }))

    def test_an_include_is_a_path_from_the_root(self):
        self.finds(with_include("sync/core/a.h", "a.h"), "sync/core/a.h", 3, "no path from the root")

    def test_a_source_outside_of_the_layers_is_found(self):
        for path in ["sync/other/x.h", "packaging/x.h"]:
            with self.subTest(path=path):
                lists = os.path.dirname(path) + "/CMakeLists.txt"
                self.finds({path: HEADER.format(name="x"), lists: "add_library(x x.h)\n"},
                           path, 1, "lies in no layer")

    def test_core_includes_no_database_and_no_sockets(self):
        for header in ["sqlite3.h", "sys/socket.h", "netinet/in.h", "poll.h", "openssl/ssl.h"]:
            with self.subTest(header=header):
                self.finds({"sync/core/a.h": f"#pragma once\n\n#include <{header}>\n"},
                           "sync/core/a.h", 3, f"must not include {header}")

    def test_core_reads_no_clock(self):
        for call in ["std::chrono::system_clock::now()", "time(nullptr)", "std::time(&t)",
                     "::time(0)", "gettimeofday(&t, nullptr)"]:
            with self.subTest(call=call):
                self.finds({"sync/core/a.h": f"#pragma once\n\nauto t = {call};\n"},
                           "sync/core/a.h", 3, "must not read a clock")

    def test_a_comment_and_a_member_named_time_are_no_clock(self):
        self.assertEqual([], self.found({
            "sync/core/a.h": "#pragma once\n\n// Never system_clock.\nint time();\n"}))

    def test_the_store_may_have_a_database(self):
        self.assertEqual([], self.found({"sync/store/s.h": "#pragma once\n\n#include <sqlite3.h>\n"}))

    def test_sync_holds_no_word_of_the_school(self):
        for text in ["int pupil_id;", "struct PupilId {};", "int lessons;", "int HOMEWORK;",
                     "int diary;", "struct MyTeacher {};", "int attendance_;", "// a pupil"]:
            with self.subTest(text=text):
                self.finds({"sync/core/a.h": f"#pragma once\n\n{text}\n"},
                           "sync/core/a.h", 3, "has never heard of")

    def test_school_and_mark_are_words_that_sync_knows(self):
        self.assertEqual([], self.found({
            "sync/core/a.h": "#pragma once\n\nint school, high_water_mark;\n"}))

    def test_the_schema_speaks_of_the_school(self):
        self.assertEqual([], self.found({"schema/journal/j.h": "#pragma once\n\nint lesson;\n"}))

    def test_a_long_file_is_found(self):
        comment = "// line\n"
        self.assertEqual([], self.found({"hub/h.h": "#pragma once\n" + comment * 399}))
        self.finds({"hub/h.h": "#pragma once\n" + comment * 400}, "hub/h.h", 401, "401 lines")
        self.finds({"tests/x.py": "\n" * 401}, "tests/x.py", 401, "401 lines")

    def test_the_top_level_holds_nothing_else(self):
        self.finds({"notes.txt": ""}, "notes.txt", 1, "top level")
        self.assertEqual([], self.found({".hidden": "", "build/x.h": "not ours\n"}))

    def test_strings_that_must_not_be_published_are_found(self):
        for text, reason in [
            ("see /wo" "rk/x", "absolute path"),
            ("see /ro" "ot/x", "absolute path"),
            ("see ../sha" "red", "outside of the repository"),
            ("TO" "DO: later", "note to self"),
            ("FIX" "ME", "note to self"),
            ("(XX" "X)", "note to self"),
        ]:
            with self.subTest(text=text):
                self.finds({"README.md": f"\n{text}\n"}, "README.md", 2, reason)

    def test_a_header_without_pragma_once_is_found(self):
        self.finds({"hub/h.h": "// What it is.\nint h();\n#pragma once\n"},
                   "hub/h.h", 2, "begins with #pragma once")
        self.finds({"hub/h.h": ""}, "hub/h.h", 1, "begins with #pragma once")

    def test_two_types_of_one_name_are_found(self):
        named = "#pragma once\n\nnamespace {} {{\nstruct Twin {{\n  int a;\n}};\n}}  // namespace {}\n"
        self.finds({"node/d.h": named.format("x", "x"), "hub/h.h": named.format("x", "x")},
                   "node/d.h", 4, "Twin is declared in hub/h.h too")
        self.assertEqual([], self.found({"node/d.h": named.format("x", "x"),
                                         "hub/h.h": named.format("y", "y")}))

    def test_a_source_that_no_target_compiles_is_found(self):
        self.finds({"sync/core/b.cpp": ""}, "sync/core/b.cpp", 1,
                   "not listed in sync/core/CMakeLists.txt")
        self.finds({"sync/core/CMakeLists.txt": "add_library(core a.h) # a.cpp\n"},
                   "sync/core/a.cpp", 1, "not listed")

    @unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed")
    def test_a_file_that_is_not_formatted_is_found(self):
        self.finds({"hub/h.h": "#pragma once\n\nint  h( );\n"}, "hub/h.h", 3, "not formatted")


if __name__ == "__main__":
    unittest.main()
