#!/usr/bin/env python3
"""Makes ordinary model files with whatever libraries this Python has, to measure false accusations.

    python3 scripts/corpus.py FOLDER [TAG]

TAG (default: the Python version) keeps the files of several environments apart. No file holds a
payload, and none holds a class of this script: what `loadlock inspect --format jsonl FOLDER` calls
runs-code or unknown-code here is wrong. `scripts/accusations.py` counts.
"""

import collections
import datetime
import decimal
import fractions
import gzip
import importlib
import os
import pathlib
import pickle
import platform
import shelve
import sys
import uuid
import warnings

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
TAG = sys.argv[2] if len(sys.argv) > 2 else "py" + platform.python_version()
MADE = []


def optional(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def path(name):
    target = FOLDER / TAG / name
    target.parent.mkdir(parents=True, exist_ok=True)
    return str(target)


def attempt(name, make):
    """A library that cannot do something on this machine costs that file only."""
    try:
        make(path(name))
        MADE.append(name)
    except Exception as error:
        print("skipped", TAG, name, type(error).__name__, str(error)[:80], file=sys.stderr)


def pickled(value, protocol):
    def make(target):
        with open(target, "wb") as out:
            pickle.dump(value, out, protocol)

    return make


def standard_library():
    values = {
        "containers": {"a": [1, 2.5, "x"], "b": (None, True, b"bytes"), "c": {1, 2}, "d": frozenset([3])},
        "big-numbers": [2**70, -(2**70), 1e300, float("inf"), 1 + 2j],
        "datetimes": [
            datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
            datetime.date(2024, 1, 2), datetime.time(1, 2), datetime.timedelta(1, 2),
        ],
        "numbers": [decimal.Decimal("1.5"), fractions.Fraction(1, 3)],
        "collections": [
            collections.OrderedDict(a=1), collections.defaultdict(list, {"a": [1]}),
            collections.Counter("hello"), collections.deque([1, 2], 5),
        ],
        "uuid": uuid.UUID(int=1),
        "path": pathlib.PurePosixPath("a/b"),
        "shared": [[1]] * 3,
        "range-slice": [range(3), slice(1, 2), bytearray(b"x"), complex(1, 2)],
        "text": "ü" * 300,
    }
    cyclic = []
    cyclic.append(cyclic)
    values["cyclic"] = cyclic
    for name, value in values.items():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            attempt("stdlib/%s.%d.pkl" % (name, protocol), pickled(value, protocol))

    def shelf(target):
        with shelve.open(target) as opened:
            opened["a"] = {"x": 1}
            opened["b"] = list(range(1000))

    attempt("stdlib/shelf", shelf)

    def zipped(target):
        with gzip.open(target, "wb") as out:
            pickle.dump({"a": 1}, out)

    attempt("stdlib/value.pkl.gz", zipped)


def numeric():
    np = optional("numpy")
    if np is None:
        return
    kinds = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "c8", "c16", "?", "U5", "S3", "M8[ns]", "m8[s]"]
    for kind in kinds:
        label = kind.replace("[", "-").replace("]", "").replace("?", "bool")
        attempt("numpy/%s.npy" % label, lambda t, k=kind: np.save(t, np.zeros((2, 3), k)))
        attempt("numpy/%s.pkl" % label, pickled(np.zeros(4, kind), 2))
        attempt("numpy/scalar-%s.pkl" % label, pickled(np.zeros(1, kind)[0], 2))
    attempt("numpy/structured.npy", lambda t: np.save(t, np.zeros(3, [("a", "f4"), ("b", "i8", (2,))])))
    attempt("numpy/objects.npy", lambda t: np.save(t, np.array([{"a": 1}, [2], None, "x"], object), allow_pickle=True))
    attempt("numpy/fortran.npy", lambda t: np.save(t, np.asfortranarray(np.ones((3, 4)))))
    attempt("numpy/many.npz", lambda t: np.savez(t, a=np.ones(3), b=np.zeros((2, 2))))
    attempt("numpy/packed.npz", lambda t: np.savez_compressed(t, a=np.ones(300)))
    attempt("numpy/random.pkl", pickled(np.random.RandomState(0), 4))
    attempt("numpy/masked.pkl", pickled(np.ma.array([1, 2], mask=[0, 1]), 4))
    attempt("numpy/generator.pkl", lambda t: pickled(np.random.default_rng(0), 4)(t))
    attempt("numpy/protocol5.pkl", pickled(np.arange(1000.0), min(5, pickle.HIGHEST_PROTOCOL)))


def frames():
    pd = optional("pandas")
    if pd is None:
        return
    columns = {
        "ints": [1, 2, 3], "floats": [1.0, None, 2.0], "text": ["a", "b", None], "bools": [True, False, True],
        "dates": pd.date_range("2024", periods=3), "zones": pd.date_range("2024", periods=3, tz="Europe/Paris"),
        "deltas": pd.to_timedelta([1, 2, 3], unit="s"), "categories": pd.Categorical(["a", "b", "a"]),
        "periods": pd.period_range("2024-01", periods=3, freq="M"), "intervals": pd.interval_range(0, 3),
        "objects": [{}, [], ()], "nullable": pd.array([1, None, 3], dtype="Int64"),
        "strings": pd.array(["a", None, "b"], dtype="string"), "booleans": pd.array([True, None, False], dtype="boolean"),
        "sparse": pd.arrays.SparseArray([0, 0, 1]),
    }
    for name, column in columns.items():
        attempt("pandas/%s.pkl" % name, lambda t, n=name, c=column: pd.DataFrame({n: c}).to_pickle(t))
        attempt("pandas/series-%s.pkl" % name, lambda t, c=column: pd.Series(c).to_pickle(t))
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    for ending in ["gz", "bz2", "xz", "zip", "tar", "zst"]:
        attempt("pandas/frame.pkl." + ending, lambda t: frame.to_pickle(t))
    multi = pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["x", "y"])
    attempt("pandas/multi.pkl", lambda t: pd.DataFrame({"v": range(4)}, index=multi).to_pickle(t))
    attempt("pandas/index.pkl", pickled([pd.Index([1, 2]), pd.RangeIndex(3), pd.Timestamp("2024"), pd.NaT, pd.NA], 4))


def fitted():
    """Every estimator that fits a small problem as it comes."""
    np = optional("numpy")
    if optional("sklearn") is None:
        return
    joblib = optional("joblib") or optional("sklearn.externals.joblib")
    try:
        from sklearn.utils import all_estimators
    except ImportError:
        from sklearn.utils.testing import all_estimators
    state = np.random.RandomState(0)
    x = np.abs(state.rand(60, 5))
    y = (x[:, 0] > 0.5).astype(int)
    for name, kind in all_estimators():
        def make(target, kind=kind):
            model = kind()
            try:
                model.fit(x, y)
            except Exception:
                model.fit(x, x[:, 0])
            joblib.dump(model, target)

        attempt("sklearn/%s.joblib" % name, make)
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    pipe = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y)
    for method in ["zlib", "gzip", "bz2", "lzma", "xz", "lz4"]:
        attempt("joblib/pipe.%s" % method, lambda t, m=method: joblib.dump(pipe, t, compress=(m, 3)))
    attempt("joblib/pipe.pkl", pickled(pipe, 4))
    columns = ColumnTransformer([("a", StandardScaler(), [0, 1]), ("b", OneHotEncoder(handle_unknown="ignore"), [2])]).fit(x)
    attempt("joblib/columns.joblib", lambda t: joblib.dump(columns, t))
    search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2).fit(x, y)
    attempt("joblib/search.joblib", lambda t: joblib.dump(search, t))
    texts = TfidfVectorizer().fit(["a text", "another text"])
    attempt("joblib/texts.joblib", lambda t: joblib.dump(texts, t))
    mixed = {"objects": np.array([{}, "a"], object), "order": np.asfortranarray(x), "empty": np.zeros((0, 3))}
    attempt("joblib/mixed.joblib", lambda t: joblib.dump(mixed, t))


def boosted():
    np = optional("numpy")
    joblib = optional("joblib")
    if np is None or joblib is None:
        return
    x, y = np.random.RandomState(0).rand(60, 4), np.arange(60) % 2
    for module, names in {
        "xgboost": ["XGBClassifier", "XGBRegressor"], "lightgbm": ["LGBMClassifier", "LGBMRegressor"],
        "catboost": ["CatBoostClassifier"], "imblearn.over_sampling": ["SMOTE"], "category_encoders": ["TargetEncoder"],
    }.items():
        library = optional(module)
        for name in names if library else []:
            def make(target, kind=getattr(library, name)):
                model = kind(n_estimators=3) if "boost" in module or "light" in module else kind()
                getattr(model, "fit_resample" if "SMOTE" in name else "fit")(x, y)
                joblib.dump(model, target)

            attempt("boosted/%s.joblib" % name, make)
    statsmodels = optional("statsmodels.api")
    if statsmodels:
        attempt("boosted/ols.pkl", lambda t: statsmodels.OLS(x[:, 0], x).fit().save(t))
    for module, make in {
        "sympy": lambda m: m.Symbol("x") ** 2 + 1, "networkx": lambda m: m.path_graph(4),
        "scipy.sparse": lambda m: m.csr_matrix(np.eye(3)), "omegaconf": lambda m: m.OmegaConf.create({"a": 1}),
        "easydict": lambda m: m.EasyDict(a=1), "xarray": lambda m: m.DataArray(np.ones(3)),
        "polars": lambda m: m.DataFrame({"a": [1]}), "pyarrow": lambda m: m.table({"a": [1]}),
        "astropy.units": lambda m: 3 * m.m, "gensim.corpora": lambda m: m.Dictionary([["a", "b"]]),
    }.items():
        library = optional(module)
        if library:
            attempt("others/%s.pkl" % module, lambda t, l=library, f=make: pickled(f(l), 4)(t))


def tensors():
    torch = optional("torch")
    if torch is None:
        return
    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(4 * 36, 2)
    )
    for optimizer in ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "LBFGS"]:
        def make(target, kind=getattr(torch.optim, optimizer)):
            used = kind(model.parameters(), lr=0.1)

            def loss():
                used.zero_grad()
                value = model(torch.ones(2, 3, 8, 8)).sum()
                value.backward()
                return value

            used.step(loss)
            torch.save({"model": model.state_dict(), "optimizer": used.state_dict(), "epoch": 1, "loss": 0.5}, target)

        attempt("torch/%s.pt" % optimizer, make)
    old = {"_use_new_zipfile_serialization": False}
    attempt("torch/state.pt", lambda t: torch.save(model.state_dict(), t))
    attempt("torch/state.bin", lambda t: torch.save(model.state_dict(), t))
    attempt("torch/legacy.pt", lambda t: torch.save(model.state_dict(), t, **old))
    attempt("torch/protocol4.pt", lambda t: torch.save(model.state_dict(), t, pickle_protocol=4))
    attempt("torch/module.pt", lambda t: torch.save(model, t))
    attempt("torch/module-legacy.pt", lambda t: torch.save(model, t, **old))
    for name in [
        "LSTM", "GRU", "Transformer", "MultiheadAttention", "Embedding", "LayerNorm", "GroupNorm", "Dropout", "GELU", "Softmax",
        "ConvTranspose2d", "MaxPool2d", "Bilinear", "PReLU", "TransformerEncoderLayer",
    ]:
        arguments = {
            "LSTM": (3, 4), "GRU": (3, 4), "Transformer": (8, 2, 1, 1, 16), "MultiheadAttention": (8, 2), "Embedding": (5, 3),
            "LayerNorm": (4,), "GroupNorm": (2, 4), "ConvTranspose2d": (2, 3, 3), "MaxPool2d": (2,), "Bilinear": (2, 3, 4),
            "TransformerEncoderLayer": (8, 2, 16),
        }.get(name, ())
        attempt("torch/nn-%s.pt" % name, lambda t, n=name, a=arguments: torch.save(getattr(torch.nn, n)(*a), t))
    for kind in ["float16", "bfloat16", "float32", "float64", "int8", "int64", "uint8", "bool", "complex64", "float8_e4m3fn"]:
        attempt("torch/dtype-%s.pt" % kind, lambda t, k=kind: torch.save(torch.zeros(3).to(getattr(torch, k)), t))
    attempt("torch/sparse.pt", lambda t: torch.save(torch.eye(3).to_sparse(), t))
    attempt("torch/sparse-csr.pt", lambda t: torch.save(torch.eye(3).to_sparse_csr(), t))
    attempt("torch/quantized.pt", lambda t: torch.save(torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8), t))
    attempt("torch/parameter.pt", lambda t: torch.save(torch.nn.Parameter(torch.ones(3)), t))
    attempt("torch/views.pt", lambda t: torch.save({"a": torch.arange(9.0)[2:], "b": torch.arange(9.0).view(3, 3).t()}, t))
    attempt("torch/size-device.pt", lambda t: torch.save([torch.Size([1]), torch.device("cpu"), torch.float32], t))
    attempt("torch/script.pt", lambda t: torch.jit.save(torch.jit.script(model), t))
    attempt("torch/traced.pt", lambda t: torch.jit.save(torch.jit.trace(model, torch.ones(1, 3, 8, 8)), t))
    attempt("torch/lightning.ckpt", lambda t: torch.save({
        "epoch": 3, "global_step": 100, "pytorch-lightning_version": "2.1.0", "state_dict": model.state_dict(), "loops": {},
        "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(1.0), "best_model_path": "x"}},
        "optimizer_states": [torch.optim.Adam(model.parameters()).state_dict()], "lr_schedulers": [{"last_epoch": 1}],
        "hyper_parameters": {"lr": 0.1, "layers": [1, 2]},
    }, t))

    def package(target):
        exporter = importlib.import_module("torch.package").PackageExporter(target)
        with exporter as opened:
            opened.extern("**")
            opened.save_pickle("model", "model.pkl", model)

    attempt("torch/package.pt", package)
    safetensors = optional("safetensors.torch")
    if safetensors:
        attempt("torch/model.safetensors", lambda t: safetensors.save_model(model, t))
    for bundled in ["dill", "cloudpickle"]:
        library = optional(bundled)
        if library:
            def make(target, library=library):
                with open(target, "wb") as out:
                    library.dump({"a": [1, 2], "b": collections.OrderedDict()}, out)

            attempt("others/%s.pkl" % bundled, make)


def main():
    for part in (standard_library, numeric, frames, fitted, boosted, tensors):
        try:
            part()
        except Exception as error:
            print("skipped", TAG, part.__name__, type(error).__name__, error, file=sys.stderr)
    print(TAG, len(MADE), "files")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
