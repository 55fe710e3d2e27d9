"""Writes the HDF5 files that Hdf5FormatTest reads, with h5py. Nothing in them runs anything.

    python hdf5_files.py ../resources/io/loadlock/artifact/hdf5
"""
import json
import pathlib
import pickle
import sys

import h5py
import numpy as np

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)


def config(layer):
    return json.dumps({"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {}}, layer]}})


LAMBDA = {"class_name": "Lambda", "config": {"function": ["4wEAAAAAAAAAAAAAAAEAAABTAAAA", None, None]}}
DENSE = {"class_name": "Dense", "config": {"activation": "relu"}}

for name, libver in (("old", "earliest"), ("new", "latest")):
    with h5py.File(out / f"weights-{name}.h5", "w", libver=libver) as f:
        g = f.create_group("layer").create_group("vars")
        g["0"] = np.zeros((2, 3), np.float32)
        g["1"] = np.zeros(3, ">f8")
        f.attrs["keras_version"] = "2.15.0"
        f["soft"] = h5py.SoftLink("/layer")
    with h5py.File(out / f"lambda-{name}.h5", "w", libver=libver) as f:
        f.attrs["model_config"] = config(LAMBDA)
    with h5py.File(out / f"lambda-bytes-{name}.h5", "w", libver=libver) as f:
        f.attrs["model_config"] = np.bytes_(config(LAMBDA))
    with h5py.File(out / f"dense-{name}.h5", "w", libver=libver) as f:
        f.attrs["model_config"] = config(DENSE)
        f.attrs["backend"] = b"tensorflow"
    with h5py.File(out / f"many-{name}.h5", "w", libver=libver, track_order=name == "new") as f:
        for i in range(40):
            f.create_group(f"g{i:03}").attrs["a"] = i
        for i in range(30):
            f.attrs[f"name{i}"] = f"value {i}"
        f.attrs["model_config"] = config(LAMBDA)
    with h5py.File(out / f"external-link-{name}.h5", "w", libver=libver) as f:
        f["x"] = h5py.ExternalLink("/etc/passwd", "/data")
    with h5py.File(out / f"external-storage-{name}.h5", "w", libver=libver) as f:
        f.create_dataset("x", (4,), "u1", external=[("/etc/passwd", 0, 4)])
layout = h5py.VirtualLayout((4,), "f4")
layout[:] = h5py.VirtualSource("other.h5", "x", (4,))
with h5py.File(out / "virtual.h5", "w", libver="latest") as f:
    f.create_virtual_dataset("v", layout)
with h5py.File(out / "userblock.h5", "w", userblock_size=512) as f:
    f.attrs["model_config"] = config(LAMBDA)
with h5py.File(out / "pickled-attribute.h5", "w") as f:
    f.attrs["PYTABLES_FORMAT_VERSION"] = np.bytes_("2.1")
    f.attrs["info"] = np.bytes_(pickle.dumps({"a": 1}, 0))

with h5py.File(out / "committed-type.h5", "w") as f:
    f["text"] = h5py.string_dtype()
    f.attrs.create("model_config", config(LAMBDA), dtype=f["text"])
# As PyTables' VLArray of ObjectAtom: rows of bytes, each a pickle, in chunks.
ROWS = {"rows": [pickle.dumps([1, "a"], 2), pickle.dumps({"b": 2.5}, 4)] * 12, "payload-rows": [pickle.dumps(1, 2), b"cos\nsystem\n(S'echo hi'\ntR."]}
for name, rows in ROWS.items():
    with h5py.File(out / f"{name}.h5", "w", libver="earliest") as f:
        f.attrs["PYTABLES_FORMAT_VERSION"] = np.bytes_("2.1")
        made = f.create_dataset("objects", (len(rows),), h5py.vlen_dtype("u1"), maxshape=(None,), chunks=(8,))
        made.attrs["PSEUDOATOM"] = np.bytes_("object")
        for number, row in enumerate(rows):
            made[number] = np.frombuffer(row, "u1")
