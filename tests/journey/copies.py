"""Copies of a node's folder, as technicians make them: a backup, one that is put back, a cloned disk.
But for a backup the node must not be at work."""

import json
import os
import shutil

from region import Node, wait_for

IN_BACKUP = ("journal.db", "journal.db-wal", "keys.db", "keys.db-wal", "node.json")


def _files(folder):
    return [os.path.join(folder, name) for name in IN_BACKUP if os.path.exists(os.path.join(folder, name))]


def backup(node, name):
    """Has the node, at work or not, back itself up, and gives the folder."""
    folder = os.path.join(os.path.dirname(node.program.folder), name)
    node.program.run("backup", folder)
    return folder


def put_back(node, folder, wiped=False):
    """Puts a backup into the node's folder; `wiped`: on a new disk, where nothing else is left."""
    if wiped:
        shutil.rmtree(node.program.folder)
        os.mkdir(node.program.folder)
    for path in _files(node.program.folder):
        os.remove(path)
    for path in _files(folder):
        shutil.copy(path, node.program.folder)


def join(case, region, school, main, name):
    """Another node of the school, which has all that the main one has; not at work."""
    node = case.node(name).enroll(region.url, region.token(school))

    def has_all():
        main.program.run("sync")  # hands out the school's key to whom it hears of
        node.program.call("sync")
        return "teacher01" in node.program.call("account", "list")

    wait_for(f"{name} has the school", has_all)
    return node


def clone(case, node, name, hidden=False):
    """Another node of the same folder, as on a cloned disk; `hidden`: with the same machine id,
    filesystem and inode, so that nothing on its own disk tells it."""
    twin = Node(os.path.dirname(node.program.folder), name)
    shutil.copytree(node.program.folder, twin.program.folder,
                    ignore=shutil.ignore_patterns("*.sock", "*.log"))
    if hidden:
        hide(twin)
    case.addCleanup(twin.program.stop)
    return twin


def hide(node):
    """Makes the folder look as if it had always been where it is."""
    path = os.path.join(node.program.folder, "home.json")
    with open(path, encoding="utf-8") as file:
        home = json.load(file)
    journal = os.path.join(node.program.folder, "journal.db")
    home.update(filesystem=os.statvfs(journal).f_fsid, inode=os.stat(journal).st_ino)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(home, file)


def sees_hub(node, url):
    """Whether the line to the region is up: down, where no URL is given."""
    node.configure(lambda told: told.update(hub=url or "https://127.0.0.1:9"))
