"""Brings the sources of packages that packages.txt names, for collect.py: wheels through pip, unpacked, never installed.

    fetch.py --work DIR [NAME ...]
"""
import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHONS = ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6", "2.7"]
PLATFORMS = ["manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_24_x86_64", "manylinux2014_x86_64",
             "manylinux_2_17_x86_64", "manylinux2010_x86_64", "manylinux_2_12_x86_64", "manylinux1_x86_64",
             "manylinux_2_5_x86_64", "linux_x86_64", "any"]


def rows():
    with open(os.path.join(HERE, "packages.txt")) as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                name, distribution, tops, versions = [c.strip() for c in line.split("|")]
                yield name, distribution, tops.split(","), versions.split()


def bring(distribution, version, folder):
    """Downloads and unpacks the Python files of one version; returns whether that went well."""
    done = os.path.join(folder, ".done")
    if os.path.exists(done):
        return True
    download = folder + ".download"
    spec = distribution if version == "latest" else distribution + "==" + version
    for python in PYTHONS:
        shutil.rmtree(download, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
                   "--no-cache-dir", "--only-binary", ":all:", "--python-version", python, "-d", download, spec]
        for platform in PLATFORMS:
            command += ["--platform", platform]
        if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            break
    else:
        if not source(spec, download):
            shutil.rmtree(download, ignore_errors=True)
            return False
    found = version
    os.makedirs(folder, exist_ok=True)
    for archive in os.listdir(download):
        path = os.path.join(download, archive)
        if archive.endswith(".whl"):
            found = archive.split("-")[1]
            with zipfile.ZipFile(path) as z:
                z.extractall(folder, [m for m in z.namelist() if m.endswith((".py", ".pyx", ".pxd"))])
        elif archive.endswith(".tar.gz"):
            found = archive[: -len(".tar.gz")].rsplit("-", 1)[1]
            unpack(path, folder)
    shutil.rmtree(download)
    with open(done, "w") as f:
        f.write(found)
    return True


def source(spec, download):
    """The source distribution, where there is no wheel. pip runs its setup.py for the metadata."""
    shutil.rmtree(download, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
               "--no-cache-dir", "--no-binary", ":all:", "-d", download, spec]
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90)
    except subprocess.TimeoutExpired:
        pass
    return os.path.isdir(download) and bool(os.listdir(download))


def unpack(path, folder):
    """Python files of a source archive, without its root folder and an `src/` below it."""
    with tarfile.open(path) as t:
        for member in t:
            name = member.name.split("/", 1)[-1]
            name = name[4:] if name.startswith("src/") else name
            if member.isfile() and name.endswith((".py", ".pyx", ".pxd")) and ".." not in name:
                target = os.path.join(folder, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as out:
                    out.write(t.extractfile(member).read())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--work", required=True)
    options.add_argument("names", nargs="*")
    o = options.parse_args()
    for name, distribution, tops, versions in rows():
        if o.names and name not in o.names:
            continue
        for version in versions:
            folder = os.path.join(o.work, name + "-" + version)
            if not bring(distribution, version, folder):
                print("no wheel of %s %s" % (distribution, version), flush=True)


if __name__ == "__main__":
    main()
