#!/usr/bin/env python3
"""zimnik-bench converge against naive_converge.py, on small random traces, with and without an act.

    converge_test.py ZIMNIK_BENCH [FIRST_SEED [SEEDS]]
"""
import json
import os
import subprocess
import sys
import tempfile

import random_trace

SITES = ("branch", "hub", "main")


def check(bench, seed, folder):
    path = os.path.join(folder, "trace.jsonl")
    lines = list(random_trace.lines(seed, 400))
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    middle = lines[len(lines) // 2]["t"]
    for void in ([], ["--void", "u1:%d" % middle]):
        subprocess.run([bench, "converge", path, "--out", folder] + void, check=True,
                       stdout=subprocess.DEVNULL)
        expected = json.loads(subprocess.check_output(
            [sys.executable, "-B", "naive_converge.py", path] + void))
        for site in SITES:
            with open(os.path.join(folder, site + ".json"), encoding="utf-8") as file:
                state = json.load(file)
            for part, wanted in expected.items():
                if state[part] != wanted:
                    print("seed %d %s: %s of %s differ" % (seed, void, part, site))
                    return False
        if not void and not (expected["rows"] and expected["conflicts"]):
            print("seed %d: a trace without rows or conflicts shows nothing" % seed)
            return False
    return True


def main():
    bench = sys.argv[1]
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with tempfile.TemporaryDirectory() as folder:
        results = [check(bench, seed, folder) for seed in range(first, first + count)]
    print("%d passed, %d failed" % (results.count(True), results.count(False)))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
