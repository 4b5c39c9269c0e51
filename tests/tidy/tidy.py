#!/usr/bin/env python3
"""Checks of the repository that no compiler makes: include direction, file length, words, names.

    tidy.py [root]

Prints every violation as `file:line: reason` and exits with 1 if there is any. Only the standard
library is used. tidy_test.py shows, for every rule, that it finds what it is there to find.
"""

import os
import re
import shutil
import subprocess
import sys

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "CHANGELOG.md", "LICENSE", "README.md",
    "node", "hub", "sync", "schema", "packaging", "tests",
}
NOT_OURS = {"build", "CMakeUserPresets.json"}  # at the top level; ignored by git too
NOT_OURS_ANYWHERE = {".git", ".cache", "__pycache__"}

# A layer, and the folders that it may include. A file belongs to the longest prefix of its path.
LAYERS = {
    "sync/core": ["sync/core"],
    "sync/store": ["sync/core", "sync/store"],
    "sync/net": ["sync"],
    "sync/web": ["sync"],
    "sync/qr": ["sync/qr"],
    "schema": ["sync/core", "sync/store", "schema"],
    "schema/audit": ["sync", "schema"],
    "schema/diary": ["sync", "schema"],
    "node/paper": ["sync/core", "sync/store", "sync/qr", "schema", "node/paper"],
    "node": ["sync", "schema", "node"],
    "hub": ["sync", "schema", "hub"],
    "tests": ["sync", "schema", "node", "hub", "tests"],
}

# Parts of a layer that stand beside each other, and those that they must not include.
APART = {
    "hub/api": ["hub/console", "hub/delivery", "hub/web"],
    "hub/console": ["hub/delivery", "hub/web"],
    "hub/delivery": ["hub/api", "hub/console", "hub/web"],
    "hub/federal": ["hub/api", "hub/console", "hub/delivery", "hub/web"],
    "hub/watch": ["hub/api", "hub/console", "hub/delivery", "hub/web"],
    "hub/web": ["hub/api", "hub/console"],
}

MAX_LINES = 400
MEASURED = (".h", ".cpp", ".py", ".cmake", "CMakeLists.txt")

SCHOOL_WORDS = {
    "pupil", "pupils", "lesson", "lessons", "homework", "diary", "diaries", "teacher", "teachers",
    "attendance", "attendances",
}

# sync/core is pure: no database, no sockets, no clock of its own.
IMPURE_HEADERS = re.compile(
    r"sqlite3\.h|sys/(socket|un|select|epoll|time)\.h|netinet/.*|arpa/.*|netdb\.h|poll\.h"
    r"|httplib\.h|curl/.*|openssl/ssl\.h|time\.h|ctime")
IMPURE_CALLS = re.compile(
    r"\b(system_clock|gettimeofday|clock_gettime|timespec_get|localtime(_r)?)\b"
    r"|\bstd::time\b|(?<!\w)::time\s*\(|\btime\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)")

# Written so that this file does not hold them.
FORBIDDEN = [
    (re.compile(r"(?<![\w.])/(work|root)/"), "absolute path of one machine"),
    (re.compile(r"\.\./shared"), "path outside of the repository"),
    (re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b"), "a note to self: do it or drop it"),
]

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT_OR_LITERAL = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.[^'\n]*|[^'\\\n])'""", re.S)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Source:
    """One text file: its path from the root, its text, and its lines numbered from 1."""

    def __init__(self, path, text):
        self.path = path
        self.text = text

    def lines(self, text=None):
        return enumerate((self.text if text is None else text).splitlines(), 1)

    def code(self):
        """The text with comments and literals blanked, line breaks kept."""
        return COMMENT_OR_LITERAL.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), self.text)

    def is_cpp(self):
        return self.path.endswith((".h", ".cpp"))

    def under(self, folder):
        return self.path.startswith(folder + "/")


def top_level(root):
    for name in sorted(os.listdir(root)):
        if name not in TOP_LEVEL | NOT_OURS and not name.startswith("."):
            yield name, 1, "not one of the names that the top level may hold"


def sources(root):
    """Every text file of the repository, in order of its path."""
    for folder, folders, files in os.walk(root):
        here = os.path.relpath(folder, root)
        ignored = NOT_OURS_ANYWHERE | (NOT_OURS if here == "." else set())
        folders[:] = sorted(set(folders) - ignored)
        for name in sorted(set(files) - ignored):
            path = os.path.normpath(os.path.join(here, name))
            with open(os.path.join(root, path), "rb") as file:
                data = file.read()
            if b"\0" not in data:
                yield Source(path, data.decode("utf-8", "replace"))


def layer_of(path):
    fitting = [layer for layer in LAYERS if path.startswith(layer + "/")]
    return max(fitting, key=len, default=None)


def include_direction(source, paths):
    if not source.is_cpp():
        return
    layer = layer_of(source.path)
    if layer is None:
        yield 1, "lies in no layer: name its folder in LAYERS of tests/tidy/tidy.py"
        return
    for number, line in source.lines():
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, included = match.groups()
        if included not in paths:
            if quote == '"':
                yield number, f'"{included}" is no path from the root'
        elif not any(included.startswith(folder + "/") for folder in LAYERS[layer]):
            yield number, f"{layer} must not include {included}"
        for part, others in APART.items():
            if source.under(part) and any(included.startswith(it + "/") for it in others):
                yield number, f"{part} must not include {included}"


def purity(source, _):
    if not (source.is_cpp() and source.under("sync/core")):
        return
    for number, line in source.lines():
        match = INCLUDE.match(line)
        if match and IMPURE_HEADERS.fullmatch(match.group(2)):
            yield number, f"sync/core is pure and must not include {match.group(2)}"
    for number, line in source.lines(source.code()):
        match = IMPURE_CALLS.search(line)
        if match:
            yield number, f"sync/core is pure and must not read a clock: {match.group()}"


def school_words(source, _):
    if not (source.is_cpp() and source.under("sync")):
        return
    for number, line in source.lines():
        for word in WORD.findall(line):
            if word.lower() in SCHOOL_WORDS:
                yield number, f"sync/ has never heard of a {word.lower()}"


def length(source, _):
    count = len(source.text.splitlines())
    if source.path.endswith(MEASURED) and count > MAX_LINES:
        yield MAX_LINES + 1, f"{count} lines, a file may have {MAX_LINES}"


def forbidden_strings(source, _):
    for number, line in source.lines():
        for pattern, reason in FORBIDDEN:
            match = pattern.search(line)
            if match:
                yield number, f"{reason}: {match.group()}"


def pragma_once(source, _):
    if not source.path.endswith(".h"):
        return
    first = next(((n, line) for n, line in source.lines(source.code()) if line.strip()), (1, ""))
    if first[1].strip() != "#pragma once":
        yield first[0], "a header begins with #pragma once, after a comment at most"


def listed(source, paths):
    """A file that no target compiles is a test, or a promise, silently switched off."""
    if not source.is_cpp() or (source.path.endswith(".h") and source.under("tests")):
        return
    folder = os.path.dirname(source.path)
    while folder and os.path.join(folder, "CMakeLists.txt") not in paths:
        folder = os.path.dirname(folder)
    lists = os.path.join(folder, "CMakeLists.txt")
    name = os.path.relpath(source.path, folder or ".")
    text = re.sub(r"#.*", "", paths[lists].text) if lists in paths else ""
    if name not in re.split(r"[\s()\"]+", text):
        yield 1, f"not listed in {lists}"


RULES = [include_direction, purity, school_words, length, forbidden_strings, pragma_once, listed]


def formatting(root, paths):
    """The first line of each file that clang-format would change."""
    cpp = [path for path, source in paths.items() if source.is_cpp()]
    if not cpp:
        return
    result = subprocess.run(["clang-format", "--dry-run", "-Werror", *cpp], cwd=root,
                            capture_output=True, text=True, check=False)
    found = {}
    for path, number in re.findall(r"^([^\s:]+):(\d+):\d+: error: ", result.stderr, re.M):
        found.setdefault(path, int(number))
    if result.returncode != 0 and not found:
        yield ".clang-format", 1, "clang-format failed: " + " ".join(result.stderr.split())
    for path, number in found.items():
        yield path, number, "not formatted: run clang-format -i on it"


def types_declared_twice(files):
    """Two types of one name in one namespace: the linker takes either for both, without a word."""
    first = {}
    for source in files:
        if not (source.path.endswith(".h") and source.is_cpp()):
            continue
        namespace = next(iter(re.findall(r"^namespace ([\w:]+) \{", source.text, re.MULTILINE)), "")
        for number, line in source.lines():
            match = re.match(r"(?:struct|class) (\w+)(?: final)?(?: :[^:].*)? \{", line)
            if not match:
                continue
            other = first.setdefault((namespace, match.group(1)), source.path)
            if other != source.path:
                yield source.path, number, f"{match.group(1)} is declared in {other} too"


def violations(root):
    """All of them, as (path, line, reason)."""
    paths = {source.path: source for source in sources(root)}
    yield from top_level(root)
    yield from types_declared_twice(paths.values())
    for source in paths.values():
        for rule in RULES:
            for number, reason in rule(source, paths):
                yield source.path, number, reason
    if shutil.which("clang-format"):
        yield from formatting(root, paths)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here))
    found = list(violations(root))
    for path, number, reason in found:
        print(f"{path}:{number}: {reason}")
    if not shutil.which("clang-format"):
        print("clang-format is not installed: the formatting was not checked")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
