#!/usr/bin/env python3
"""A small random trace with exchanges: few rows, many concurrent edits, deletes and re-creations.

    random_trace.py SEED [LINES]
"""
import json
import random
import sys

SITES = ("branch", "hub", "main")
VALUES = (None, "", "5", 5, 5.5, "н", "длинный текст")


def lines(seed, count):
    dice = random.Random(seed)
    t = 1_750_000_000_000
    for _ in range(count):
        t += dice.choice((0, 1, 1000, 60_000))
        if dice.random() < 0.1:
            yield {"t": t, "sync": dice.sample(SITES, 2)}
            continue
        line = {"t": t, "site": dice.choice(SITES), "user": "u%d" % dice.randrange(4),
                "table": dice.choice(("mark", "note")), "id": "r%d" % dice.randrange(12)}
        if dice.random() < 0.15:
            line["del"] = True
        else:
            columns = dice.sample(("value", "weight", "comment"), dice.randint(1, 3))
            line["set"] = {column: dice.choice(VALUES) for column in columns}
        yield line


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    for line in lines(int(sys.argv[1]), count):
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
