"""./dev policy [--add] [--work DIR] [NAME ...]: brings sources, writes PACKAGE.evidence, keeps `index` complete.

Without names every row of packages.txt is done again; with them these rows only. `stdlib` reads the interpreters that
pyenv has. A name that packages.txt lacks is a distribution, `NAME` or `NAME==VERSION`, whose top-level module is its own.

Evidence never loses a version: where the sources of one that it was made from cannot be had, it stays as it is. `--add`
reads only the versions of packages.txt that the evidence lacks and joins them to it, as strictly as all at once: a function
that the rows refuse, or that is new in a module they know, stays refused.
"""
import argparse
import concurrent.futures
import os
import sys

import collect
import fetch

RESOURCES = os.path.join(fetch.HERE, "..", "main", "resources", "io", "loadlock", "artifact", "policy")


def evidence(name):
    return os.path.join(RESOURCES, name + ".evidence")


def read_before(name):
    """The versions that the evidence was made from."""
    if not os.path.exists(evidence(name)):
        return []
    with open(evidence(name)) as f:
        return f.readline().split("from ")[1].split()


def one(job):
    name, tops, trees, add = job
    seen = {tree.partition("=")[0] for tree in trees}
    lost = [] if add else [version for version in read_before(name) if version not in seen]
    if lost:
        print("%s stays as it is: the sources of %s cannot be had" % (name, " ".join(lost)), flush=True)
    elif trees:
        arguments = ["--out", RESOURCES, "--name", name,
                     "--compiled", os.path.join(fetch.HERE, "compiled", name + ".rows")]
        if add:
            arguments += ["--earlier", evidence(name)]
        for top in tops:
            arguments += ["--top", top]
        if name == "stdlib":
            arguments += ["--skip", "test,tests,site-packages,lib2to3.tests"]
        try:
            collect.main(arguments + trees)
        except Exception as e:  # one package never costs the others
            print("%s: %r" % (name, e), flush=True)


def index():
    """top-level module -> file of rows; stdlib's lines are its module list."""
    lines = {}
    path = os.path.join(RESOURCES, "index")
    with open(path) as f:
        for line in f:
            top, file = line.split()
            lines[top] = file
    for name, _, tops, _ in fetch.rows():
        if any(os.path.exists(os.path.join(RESOURCES, name + end)) for end in (".evidence", ".review")):
            for top in tops:
                lines[top.split(".")[0]] = name
    with open(path, "w") as f:
        for top in sorted(lines):
            f.write("%s %s\n" % (top, lines[top]))
    return lines


def interpreters():
    root = os.path.expanduser("~/.pyenv/versions")
    found = sorted((v for v in os.listdir(root) if v[0].isdigit()),
                   key=lambda v: [int(p) for p in v.split(".")], reverse=True)
    return ["%s=%s/%s/lib/python%s" % (v, root, v, v.rsplit(".", 1)[0]) for v in found]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--work", default=os.path.join(fetch.HERE, "..", "..", "target", "policy"))
    options.add_argument("--no-fetch", action="store_true")
    options.add_argument("--add", action="store_true")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("names", nargs="*")
    o = options.parse_args()
    known = list(fetch.rows())
    for extra in [n for n in o.names if n != "stdlib" and n not in {k[0] for k in known}]:
        distribution, _, version = extra.partition("==")
        known.append((distribution.replace("-", "_"), distribution, [distribution.replace("-", "_")],
                      [version or "latest"]))
        o.names[o.names.index(extra)] = distribution.replace("-", "_")
    jobs = []
    if not o.names or "stdlib" in o.names:
        tops = [t for t, f in index().items() if f == "stdlib"]
        jobs.append(("stdlib", tops, interpreters(), False))
    for name, distribution, tops, versions in known:
        if o.names and name not in o.names:
            continue
        trees = []
        before = read_before(name) if o.add else []
        for version in versions:
            if version in before or before and version == "latest":
                continue
            folder = os.path.join(o.work, name + "-" + version)
            if (os.path.exists(os.path.join(folder, ".done")) or
                    not o.no_fetch and fetch.bring(distribution, version, folder)):
                with open(os.path.join(folder, ".done")) as f:
                    trees.append("%s=%s" % (f.read().strip(), folder))
        jobs.append((name, tops, trees, o.add))
    with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
        list(pool.map(one, jobs))
    index()


if __name__ == "__main__":
    sys.exit(main())
