#!/usr/bin/env python3
"""What zimnik-bench converge must print, by brute force and with none of the engine's code.

    naive_converge.py TRACE [--void USER:FROM_MS]

Every site's set of versions is kept whole; what a line overwrites is what its own site holds.
"""
import json
import sys


def bits(mask):
    """The indexes of a mask's one-bits."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Cell:
    """All versions of one cell. A version is an index; sets of versions are bit masks."""

    def __init__(self):
        self.versions = []  # (t, site, user, value or None for a tombstone, wrapped)
        self.reach = []     # all that it overwrote, by any way

    def add(self, version, over):
        reach = over
        for at in bits(over):
            reach |= self.reach[at]
        self.versions.append(version)
        self.reach.append(reach)
        return len(self.versions) - 1

    def maximal(self, members):
        reached = 0
        for at in bits(members):
            reached |= self.reach[at]
        return members & ~reached

    def of(self, held, wanted):
        return sum(1 << at for at in bits(held) if wanted(self.versions[at]))


def is_value(version):
    return version[3] is not None


class World:
    def __init__(self, lines):
        self.cells = {}  # (table, id) -> {column: Cell}
        self.held = {}   # site -> {(table, id, column): mask}
        for line in lines:
            for site in line["sync"] if "sync" in line else [line["site"]]:
                self.held.setdefault(site, {})

    def heads(self, site, row):
        result = {}
        for column, cell in self.cells.get(row, {}).items():
            mask = self.held[site].get(row + (column,), 0)
            if mask:
                result[column] = (cell, cell.maximal(mask))
        return result

    def lives(self, heads):
        return any(is_value(cell.versions[at]) for cell, mask in heads.values() for at in bits(mask))

    def write(self, line):
        site, row = line["site"], (line["table"], line["id"])
        heads = self.heads(site, row)
        lives = self.lives(heads)
        if line.get("del"):
            writes = {column: None for column in heads} if lives else {}
        elif heads and not lives:
            writes = {}
        else:
            writes = {column: (value,) for column, value in line["set"].items()}
        for column, value in writes.items():
            cell = self.cells.setdefault(row, {}).setdefault(column, Cell())
            over = heads[column][1] if column in heads else 0
            at = cell.add((line["t"], site, line["user"], value), over)
            name = row + (column,)
            self.held[site][name] = self.held[site].get(name, 0) | 1 << at

    def exchange(self, one, other):
        both = dict(self.held[one])
        for name, mask in self.held[other].items():
            both[name] = both.get(name, 0) | mask
        self.held[one], self.held[other] = dict(both), dict(both)

    def state(self, is_void):
        rows, conflicts, deleted = [], [], []
        for (table, row_id), columns in self.cells.items():
            heads, alive, tombstone = {}, False, False
            for column, cell in columns.items():
                counting = cell.of((1 << len(cell.versions)) - 1, lambda v: not is_void(v))
                heads[column] = (cell, counting, cell.maximal(counting))
                for at in bits(heads[column][2]):
                    alive |= is_value(cell.versions[at])
                    tombstone |= not is_value(cell.versions[at])
            if not alive:
                continue
            shown = {}
            for column, (cell, counting, mask) in heads.items():
                candidates = cell.of(mask, is_value)
                if not candidates:
                    candidates = cell.maximal(cell.of(counting, is_value))
                versions = sorted((cell.versions[at] for at in bits(candidates)),
                                  key=lambda v: v[:2])
                if not versions:
                    continue
                shown[column] = versions[-1][3][0]
                if any(json.dumps(v[3]) != json.dumps(versions[0][3]) for v in versions):
                    conflicts.append({"table": table, "id": row_id, "column": column, "heads": [
                        {"t": v[0], "site": v[1], "value": v[3][0]} for v in versions]})
            rows.append({"table": table, "id": row_id, "set": shown})
            if tombstone:
                deleted.append({"table": table, "id": row_id})

        def order(it):
            return (it["table"].encode(), it["id"].encode(), it.get("column", "").encode())
        return {"rows": sorted(rows, key=order), "conflicts": sorted(conflicts, key=order),
                "deleted_but_edited": sorted(deleted, key=order)}


def main():
    lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    user, start = None, 0
    if "--void" in sys.argv:
        user, start = sys.argv[sys.argv.index("--void") + 1].rsplit(":", 1)
    world = World(lines)
    for line in lines:
        if "sync" in line:
            world.exchange(*line["sync"])
        else:
            world.write(line)
    state = world.state(lambda v: v[2] == user and v[0] >= int(start))
    print(json.dumps(state, ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main()
