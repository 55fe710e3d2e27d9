"""What the safetensors library writes for the tensors of SafetensorsWriterTest: one line each, name and SHA-256.

    python3 safetensors_layout.py > ../resources/io/loadlock/artifact/convert/save_file.txt

Needs torch and safetensors. The storage of every tensor is the bytes 0, 1, … 250, 0, 1, …
"""
import hashlib

import torch
from safetensors.torch import save

RAW = bytearray(i % 251 for i in range(1 << 16))


def storage(dtype):
    return torch.frombuffer(RAW, dtype=torch.uint8).view(getattr(torch, dtype))


def view(dtype, shape, strides, offset):
    return torch.as_strided(storage(dtype), shape, strides, offset).clone(memory_format=torch.contiguous_format)


DTYPES = ["uint8", "int8", "float8_e5m2", "float8_e4m3fn", "float8_e8m0fnu", "float8_e4m3fnuz",
          "float8_e5m2fnuz", "int16", "uint16", "float16", "bfloat16", "int32", "uint32", "float32", "complex64",
          "float64", "int64", "uint64"]
CASES = {
    "empty": ({}, None),
    "every type": ({"t." + d: (d, [2, 3], [3, 1], 1) for d in DTYPES}
                   | {"t.bool": ("bool", [2], [1], 0)}, None),
    "names": ({"\x01\x1fé\"\\\n/\x7f\u2028": ("float32", [0, 3], [3, 1], 0), "s": ("float32", [], [], 5),
               "𝒳": ("float32", [1], [1], 0), "\ufffd": ("float32", [1], [1], 0)}, {"format": "pt"}),
    "strided": ({"transposed": ("float32", [30, 40], [1, 30], 7), "expanded": ("int16", [4, 5], [0, 1], 2),
                 "sliced": ("uint8", [6, 5, 4], [200, 20, 3], 1), "apart": ("float64", [17], [13], 3),
                 "permuted": ("bfloat16", [3, 4, 5, 6], [1, 90, 3, 15], 11)}, None),
}


def rounded(source, target):
    # float16 and bfloat16 patterns of the storage, all of them finite or not
    return view(source, [1000], [1], 0).to(getattr(torch, target))


if __name__ == "__main__":
    for name, (tensors, metadata) in CASES.items():
        data = save({n: view(*t) for n, t in tensors.items()}, metadata=metadata)
        print(name, hashlib.sha256(data).hexdigest(), sep="\t")
    for source in ["float16", "bfloat16", "float32", "float64"]:
        for target in ["float16", "bfloat16", "float32", "float64"]:
            if source != target:
                data = save({"t": rounded(source, target)})
                print(source + " to " + target, hashlib.sha256(data).hexdigest(), sep="\t")
