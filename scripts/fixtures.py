#!/usr/bin/env python3
"""Makes the small files that the readers' tests take apart, with the libraries that own the formats.

    python3 scripts/fixtures.py FOLDER

Run it with every Python that has some of the libraries; what is missing is left out. Shelves get one
inert payload (`os.system('echo hi')`, never loaded), so that a reader that skips a record is noticed.
"""

import bz2
import ctypes
import gzip
import importlib
import io
import lzma
import os
import pathlib
import pickle
import sys
import tarfile
import zipfile
import zlib

FOLDER = pathlib.Path(sys.argv[1])
PAYLOAD = b"cos\nsystem\n(S'echo hi'\ntR."
PLAIN = pickle.dumps({"a": [1, 2]}, 2)


def optional(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def write(name, content):
    (FOLDER / name).write_bytes(content)


def compressed():
    write("plain.pkl", PLAIN)
    write("plain.pkl.gz", gzip.compress(PLAIN, mtime=0))
    write("plain.pkl.bz2", bz2.compress(PLAIN))
    write("plain.pkl.xz", lzma.compress(PLAIN))
    write("plain.pkl.lzma", lzma.compress(PLAIN, lzma.FORMAT_ALONE))
    write("plain.pkl.z", zlib.compress(PLAIN))
    write("plain.zfile", b"ZF" + hex(len(PLAIN)).encode().ljust(19) + zlib.compress(PLAIN))


def archives():
    for name, form in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
        with tarfile.open(FOLDER / (name + ".tar"), "w", format=form) as out:
            for member, content in (("a.pkl", PLAIN), ("deep/" * 30 + "b.pkl", PAYLOAD)):
                if form == tarfile.USTAR_FORMAT:
                    member = member[-90:]
                info = tarfile.TarInfo(member)
                info.size = len(content)
                out.addfile(info, io.BytesIO(content))
            link = tarfile.TarInfo("link")
            link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
            out.addfile(link)
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA), ("deflate", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(FOLDER / (name + ".zip"), "w", method) as out:
            out.writestr(zipfile.ZipInfo("a.pkl"), PAYLOAD, method)
    with zipfile.ZipFile(FOLDER / "wide.zip", "w") as out:
        with out.open(zipfile.ZipInfo("a.pkl"), "w", force_zip64=True) as member:
            member.write(PAYLOAD)


class Datum(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_char_p), ("size", ctypes.c_int)]

    def __init__(self, content):
        super().__init__(content, len(content))


def shelves():
    records = [(b"plain", PLAIN), (b"payload", PAYLOAD), (b"long", pickle.dumps("x" * 5000, 2))]
    try:
        gdbm = ctypes.CDLL("libgdbm.so.6")
    except OSError:
        gdbm = None
    if gdbm:
        gdbm.gdbm_open.restype = ctypes.c_void_p
        gdbm.gdbm_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_void_p]
        gdbm.gdbm_store.argtypes = [ctypes.c_void_p, Datum, Datum, ctypes.c_int]
        gdbm.gdbm_close.argtypes = [ctypes.c_void_p]
        handle = gdbm.gdbm_open(str(FOLDER / "shelf.gdbm").encode(), 512, 3, 0o644, None)
        for key, value in records:
            gdbm.gdbm_store(handle, Datum(key), Datum(value), 1)
        gdbm.gdbm_close(handle)
    try:
        berkeley = ctypes.CDLL("libdb-5.3.so")
    except OSError:
        berkeley = None
    if berkeley:
        berkeley.__db_ndbm_open.restype = ctypes.c_void_p
        berkeley.__db_ndbm_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_int]
        berkeley.__db_ndbm_store.argtypes = [ctypes.c_void_p, Datum, Datum, ctypes.c_int]
        berkeley.__db_ndbm_close.argtypes = [ctypes.c_void_p]
        handle = berkeley.__db_ndbm_open(str(FOLDER / "shelf").encode(), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        for key, value in records:
            berkeley.__db_ndbm_store(handle, Datum(key), Datum(value), 1)
        berkeley.__db_ndbm_close(handle)
    for module, name in (("dbm.sqlite3", "shelf.sqlite3"), ("dbm.dumb", "dumb")):
        library = optional(module)
        if library:
            opened = library.open(str(FOLDER / name), "n" if "dumb" in module else "c")
            for key, value in records:
                opened[key] = value
            opened.close()


def arrays():
    np, joblib = optional("numpy"), optional("joblib")
    if np is None:
        return
    np.save(FOLDER / "floats.npy", np.ones((2, 3), "f4"))
    np.save(FOLDER / "objects.npy", np.array([{"a": 1}, None], object), allow_pickle=True)
    np.save(FOLDER / "structured.npy", np.zeros(2, [("a", "f4"), ("b", "i8", (2,))]))
    np.savez(FOLDER / "two.npz", a=np.ones(3), b=np.array([{}], object))
    if joblib:
        mixed = {"x": np.arange(6.0).reshape(2, 3), "o": np.array([{}, "a"], object), "f": np.asfortranarray(np.ones((2, 2)))}
        joblib.dump(mixed, FOLDER / "mixed.joblib")
        joblib.dump(mixed, FOLDER / "mixed.joblib.z", compress=("zlib", 3))
    safetensors = optional("safetensors.numpy")
    if safetensors:
        safetensors.save_file({"a": np.ones((2, 2), "f4"), "b": np.zeros(3, "i8")}, str(FOLDER / "two.safetensors"))


def checkpoints():
    torch = optional("torch")
    if torch is None:
        return
    state = {"a": torch.arange(6.0).view(2, 3), "b": torch.ones(2, dtype=torch.bfloat16)}
    torch.save(state, FOLDER / "state.pt")
    torch.save(state, FOLDER / "state-legacy.pt", _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(torch.nn.ReLU()), FOLDER / "relu.script.pt")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for part in (compressed, archives, shelves, arrays, checkpoints):
        part()


if __name__ == "__main__":
    main()
