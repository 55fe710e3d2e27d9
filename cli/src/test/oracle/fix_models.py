"""Makes the model files of FixCommandTest and ConvertCommandTest with torch and numpy.

    python3 fix_models.py ../resources/io/loadlock/cli/fix
"""
import argparse
import collections
import os
import sys

import numpy as np
import torch

if __name__ == "__main__":
    os.chdir(sys.argv[1])
    torch.save({"a": torch.zeros(2)}, "plain.pt")
    torch.save({"a": torch.zeros(2), "args": argparse.Namespace(x=1)}, "ns.pt")
    filled = collections.defaultdict(list)
    filled["k"].append(1)
    torch.save({"a": torch.zeros(2), "d": filled}, "dd.pt")
    torch.save({"model": {"w": torch.arange(6.).reshape(2, 3).t(), "v": torch.ones(1)}, "optimizer": {"m": torch.ones(3)}, "epoch": 3},
               "nested.pt")
    torch.save({"s": torch.eye(2).to_sparse()}, "sparse.pt")
    np.savez("num.npz", a=np.zeros(3))
    np.savez("obj.npz", a=np.array([{}], dtype=object), b=np.arange(4, dtype=">i2"))
