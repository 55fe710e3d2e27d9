"""Makes ordinary files with the libraries that are installed, for the 'no false accusation' check.

    python samples.py OUT        in any virtual environment; a library that is missing or fails costs its own files only

Each object is pickled in protocols 2 and 4 (0 for the smallest), some through joblib, cloudpickle and torch.save.
"""
import io
import os
import pickle
import sys
import warnings

warnings.simplefilter("ignore")
OUT = sys.argv[1]
MADE = []


def save(name, obj, protocols=(2, 4)):
    for protocol in protocols:
        if protocol > pickle.HIGHEST_PROTOCOL:
            continue
        path = os.path.join(OUT, "%s.p%d.pkl" % (name, protocol))
        try:
            data = pickle.dumps(obj, protocol)
        except Exception as e:
            print("  %s p%d: %r" % (name, protocol, e))
            continue
        with open(path, "wb") as f:
            f.write(data)
        MADE.append(path)


def group(function):
    try:
        function()
    except ImportError as e:
        print("- %s: %s" % (function.__name__, e))
    except Exception as e:
        print("! %s: %r" % (function.__name__, e))
    return function


@group
def stdlib():
    import array, collections, datetime, decimal, fractions, uuid, random, functools, operator, itertools, re, string
    import time, argparse, io as _io, queue, weakref, types, enum, calendar, copy, logging, heapq
    save("std-containers", [collections.OrderedDict(a=1), collections.Counter("abc"), collections.deque([1], 3),
                            collections.defaultdict(list, {1: [2]}), {1, 2}, frozenset([3]), bytearray(b"x"), slice(1, 2),
                            range(3), complex(1, 2), 1 << 70, Ellipsis, NotImplemented, type(None)], (0, 2, 4))
    save("std-dates", [datetime.datetime(2020, 1, 1), datetime.date(2020, 1, 1), datetime.time(1), datetime.timedelta(1)],
         (0, 2, 4))
    save("std-numbers", [decimal.Decimal("1.5"), fractions.Fraction(1, 3), uuid.uuid4(), random.Random(1)], (0, 2, 4))
    save("std-functions", [functools.partial(int, base=2), operator.itemgetter(1), operator.attrgetter("a"), len, max,
                           itertools.count(3), itertools.chain([1], [2]), re.compile("a+")], (0, 2, 4))
    save("std-more", [array.array("d", [1.0]), time.gmtime(0), _io.BytesIO(b"x"), _io.StringIO(u"x"), string.Template("$a"),
                      argparse.Namespace(a=1), os.stat("/"), iter([1, 2]), reversed([1]), enumerate([1]), zip([1], [2])])
    save("std-errors", [ValueError("x"), KeyError(1), OSError(2, "no"), UnicodeDecodeError("utf-8", b"x", 0, 1, "r")])
    save("std-exceptions-types", [ValueError, dict, list, int, str, object])


@group
def stdlib3():
    import pathlib, ipaddress, types, http, inspect, logging, zoneinfo, datetime, typing, ast, xml.etree.ElementTree as et
    import configparser, email.message, urllib.parse, collections, statistics, signal, socket, json, difflib, dataclasses
    save("std3-paths", [pathlib.PurePosixPath("a/b"), pathlib.Path("x"), ipaddress.ip_address("1.2.3.4"),
                        ipaddress.ip_network("10.0.0.0/8"), urllib.parse.urlparse("http://a/b")])
    save("std3-types", [types.SimpleNamespace(a=1), http.HTTPStatus.OK, inspect.signature(lambda a: 1), logging.getLogger("a"),
                        zoneinfo.ZoneInfo("UTC"), datetime.timezone.utc, typing.List[int], list[int], typing.Optional[int],
                        int | None, signal.SIGINT, socket.AF_INET, logging.INFO])
    save("std3-trees", [ast.parse("a=1"), et.fromstring("<a><b/></a>"), configparser.ConfigParser(), email.message.Message(),
                        collections.ChainMap({}), collections.UserDict(a=1), statistics.NormalDist(0, 1)])
    tz = zoneinfo.ZoneInfo("Europe/Berlin")
    save("std3-zone", datetime.datetime(2020, 1, 1, tzinfo=tz))


@group
def numpy_():
    import numpy as np
    save("np-array", np.arange(5.0), (0, 2, 4, 5))
    save("np-kinds", [np.zeros((2, 2), t) for t in ("f2", "f4", "f8", "i1", "i8", "u2", "c16", "bool", "S3", "U3", "M8[D]",
                                                    "m8[s]", "O", [("a", "i4"), ("b", "f8")])])
    save("np-scalars", [np.float64(1), np.float32(1), np.int64(1), np.bool_(True), np.datetime64("2020-01-01"),
                        np.timedelta64(1, "D"), np.str_("a"), np.bytes_(b"a"), np.complex64(1)], (0, 2, 4))
    save("np-dtypes", [np.dtype("f8"), np.dtype("O"), np.dtype([("a", "i4")]), np.float64, np.int32])
    save("np-more", [np.ma.array([1, 2], mask=[0, 1]), np.matrix([[1]]), np.rec.array([(1, 2.0)], dtype="i4,f8"),
                     np.poly1d([1, 2]), np.random.RandomState(0), np.float64(1).dtype, np.nan, np.log1p, np.mean, np.linalg.norm])
    if hasattr(np.random, "default_rng"):
        save("np-random", [np.random.default_rng(0), np.random.MT19937(0), np.random.PCG64(1), np.random.Philox(1),
                           np.random.SFC64(1), np.random.SeedSequence(1)])
    save("np-polynomial", [np.polynomial.Polynomial([1, 2]), np.polynomial.Chebyshev([1])])
    np.save(os.path.join(OUT, "np-object.npy"), np.array([{"a": 1}], dtype=object), allow_pickle=True)


@group
def pandas_():
    import numpy as np, pandas as pd
    df = pd.DataFrame({"i": [1, 2], "f": [1.0, np.nan], "s": ["a", "b"], "b": [True, False],
                       "d": pd.to_datetime(["2020-01-01", "2020-01-02"]), "c": pd.Categorical(["x", "y"]),
                       "o": [[1], {"a": 1}]})
    save("pd-frame", df)
    save("pd-series", [df.i, df.s, df.d, df.c])
    save("pd-index", [df.index, pd.Index(["a"]), pd.MultiIndex.from_product([[1, 2], ["a"]]), pd.date_range("2020", periods=3),
                      pd.period_range("2020", periods=3, freq="M"), pd.timedelta_range("1D", periods=2),
                      pd.CategoricalIndex(["a"]), pd.RangeIndex(3), pd.Index([1.5]), pd.Index([1])])
    save("pd-scalars", [pd.Timestamp("2020"), pd.Timedelta("1D"), pd.NaT, pd.Period("2020", freq="M")])
    for name, make in {
        "tz": lambda: pd.date_range("2020", periods=2, tz="Europe/Berlin"), "utc": lambda: pd.Timestamp("2020", tz="UTC"),
        "interval": lambda: pd.interval_range(0, 3), "interval1": lambda: pd.Interval(0, 1), "na": lambda: pd.NA,
        "Int64": lambda: pd.array([1, None], dtype="Int64"), "boolean": lambda: pd.array([True, None], dtype="boolean"),
        "string": lambda: pd.array(["a", None], dtype="string"), "Float64": lambda: pd.array([1.5, None], dtype="Float64"),
        "sparse": lambda: pd.arrays.SparseArray([0, 0, 1]), "str-pyarrow": lambda: pd.Series(["a"], dtype="string[pyarrow]"),
        "arrow": lambda: pd.Series([1], dtype="int64[pyarrow]"), "str": lambda: pd.Series(["a"], dtype="str"),
        "offsets": lambda: [pd.offsets.Day(2), pd.offsets.MonthEnd(), pd.offsets.BDay(), pd.offsets.Week(weekday=1),
                            pd.offsets.QuarterBegin(), pd.offsets.CustomBusinessDay(), pd.DateOffset(months=1),
                            pd.offsets.Hour(1), pd.offsets.YearEnd()],
        "dtypes": lambda: [pd.CategoricalDtype(["a"]), pd.Int64Dtype(), pd.StringDtype(), pd.DatetimeTZDtype(tz="UTC"),
                           pd.PeriodDtype("M"), pd.IntervalDtype("int64")],
        "groupby": lambda: df.groupby("i").i.sum(), "multi": lambda: df[["i", "s", "f"]].set_index(["i", "s"]),
        "timedelta": lambda: pd.Series(pd.to_timedelta([1, 2])), "period": lambda: pd.Series(pd.period_range("2020", periods=2, freq="D")),
        "attrs": lambda: df.assign(z=1), "grouper": lambda: pd.Grouper(key="a"), "flags": lambda: df.flags,
    }.items():
        try:
            save("pd-" + name, make())
        except Exception as e:
            print("  pd-%s: %r" % (name, e))
    try:
        import pandas.io.pickle
        df.to_pickle(os.path.join(OUT, "pd-frame.to_pickle.pkl"))
    except Exception as e:
        print(e)


@group
def scipy_():
    import numpy as np, scipy.sparse as sp, scipy.stats as st, scipy.interpolate as si, scipy.spatial as ss, scipy.optimize as so
    m = sp.eye(3, format="csr")
    save("sp-sparse", [getattr(m, "to" + f)() for f in ("csr", "csc", "coo", "lil", "dok", "dia", "bsr")])
    if hasattr(sp, "csr_array"):
        save("sp-sparse-array", [sp.csr_array(m), sp.coo_array(m), sp.csc_array(m), sp.lil_array(m), sp.dok_array(m)])
    save("sp-stats", [st.norm(0, 1), st.gamma(2), st.poisson(3), st.uniform(0, 1), st.randint(1, 3), st.norm])
    save("sp-kde", st.gaussian_kde([1.0, 2, 4]))
    x = np.arange(5.0)
    save("sp-interp", [si.interp1d(x, x), si.CubicSpline(x, x), si.UnivariateSpline(x, x), si.PchipInterpolator(x, x),
                       si.BSpline(x, x[:3], 1), si.Rbf(x, x)])
    for name, make in {"RegularGrid": lambda: si.RegularGridInterpolator((x,), x), "RBFInterpolator": lambda: si.RBFInterpolator(x[:, None], x),
                       "Akima": lambda: si.Akima1DInterpolator(x, x), "Linear": lambda: si.LinearNDInterpolator(np.random.rand(9, 2), np.arange(9.)),
                       "Rotation": lambda: ss.transform.Rotation.identity(), "ttest": lambda: st.ttest_ind([1, 2, 3.], [2, 3, 4.]),
                       "linregress": lambda: st.linregress([1, 2, 3.], [2, 3, 5.]), "StateSpace": lambda: __import__("scipy.signal").signal.StateSpace(1, 1, 1, 1),
                       "Bounds": lambda: so.Bounds([0], [1])}.items():
        try:
            save("sp-" + name, make())
        except Exception as e:
            print("  sp-%s: %r" % (name, e))
    save("sp-tree", [ss.cKDTree(np.eye(3)), ss.KDTree(np.eye(3))])
    save("sp-opt", so.minimize(lambda z: (z ** 2).sum(), [1.0]))


@group
def sklearn_():
    import numpy as np
    from sklearn.datasets import make_classification
    X, y = make_classification(60, 6, random_state=0)
    Xp = np.abs(X)
    try:
        from sklearn.utils import all_estimators
    except ImportError:
        from sklearn.utils.testing import all_estimators
    for name, cls in all_estimators():
        for data, target in ((X, y), (Xp, y), (Xp[:, 0], y), (X, np.c_[y, y]), (["a b", "b c"] * 30, y),
                             ([{"a": 1}, {"b": 2}] * 30, y), (None, None)):
            try:
                try:
                    model = cls()
                except TypeError:
                    from sklearn.linear_model import LogisticRegression
                    inner = LogisticRegression()
                    try:
                        model = cls([("a", inner)])
                    except Exception:
                        try:
                            model = cls(inner)
                        except Exception:
                            model = cls([("a", "drop", [0])])
                if data is not None:
                    model.fit(data, target)
                save("sk-" + name, model)
                break
            except Exception:
                continue
        else:
            print("  sk-%s not made" % name)


@group
def sklearn_pipelines():
    import numpy as np, pandas as pd
    from sklearn.pipeline import Pipeline, FeatureUnion, make_pipeline
    from sklearn.preprocessing import StandardScaler, OneHotEncoder, FunctionTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.compose import ColumnTransformer, make_column_selector
    from sklearn.ensemble import RandomForestClassifier, VotingClassifier, StackingClassifier, GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
    from sklearn.svm import SVC
    from sklearn.metrics import make_scorer, f1_score
    from sklearn.gaussian_process import GaussianProcessRegressor, kernels
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.calibration import CalibratedClassifierCV
    from scipy.stats import uniform
    df = pd.DataFrame({"a": np.arange(20.0), "b": list("xy") * 10})
    y = np.arange(20) % 2
    ct = ColumnTransformer([("n", make_pipeline(SimpleImputer(), StandardScaler()), ["a"]),
                            ("c", OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude=float))])
    pipe = Pipeline([("ct", ct), ("rf", RandomForestClassifier(5))]).fit(df, y)
    save("sk-pipeline", pipe)
    import joblib
    for compress in (0, 3, ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3)):
        joblib.dump(pipe, os.path.join(OUT, "sk-pipeline.%s.joblib" % (compress if isinstance(compress, int) else compress[0])), compress=compress)
    X = np.random.rand(20, 3)
    grid = GridSearchCV(SVC(), {"C": [1, 2]}, scoring=make_scorer(f1_score), cv=2).fit(X, y)
    save("sk-grid", grid)
    save("sk-random", RandomizedSearchCV(LogisticRegression(), {"C": uniform(0, 1)}, n_iter=2, cv=2, random_state=0).fit(X, y))
    save("sk-vote", VotingClassifier([("a", LogisticRegression()), ("b", GradientBoostingClassifier())]).fit(X, y))
    save("sk-stack", StackingClassifier([("a", LogisticRegression()), ("b", SVC(probability=True))], cv=2).fit(X, y))
    save("sk-calibrated", CalibratedClassifierCV(SVC(), cv=2).fit(X, y))
    save("sk-function", make_pipeline(FunctionTransformer(np.log1p, inverse_func=np.expm1)).fit(X))
    save("sk-gp", GaussianProcessRegressor(kernels.RBF() + kernels.WhiteKernel() * kernels.ConstantKernel()).fit(X, y))
    save("sk-tfidf", TfidfVectorizer(stop_words="english").fit(["a dog", "the cat"]))
    from sklearn.neighbors import KDTree, BallTree, NearestNeighbors
    save("sk-trees", [KDTree(X), BallTree(X), NearestNeighbors(metric="haversine", algorithm="ball_tree").fit(X[:, :2])])
    from sklearn import model_selection as ms
    save("sk-splits", [ms.KFold(3), ms.StratifiedKFold(3), ms.ShuffleSplit(2), ms.TimeSeriesSplit(2), ms.GroupKFold(2)])
    from sklearn.datasets import load_iris
    save("sk-bunch", load_iris())


def boosters(name):
    import importlib, numpy as np
    X, y = np.random.rand(40, 3), np.arange(40) % 2
    m = importlib.import_module(name)
    return m, X, y


@group
def xgboost_():
    m, X, y = boosters("xgboost")
    save("xgb-classifier", m.XGBClassifier(n_estimators=3).fit(X, y))
    save("xgb-regressor", m.XGBRegressor(n_estimators=3).fit(X, y))
    save("xgb-rf", m.XGBRFClassifier(n_estimators=3).fit(X, y))
    save("xgb-booster", m.train({}, m.DMatrix(X, y), 2))


@group
def lightgbm_():
    m, X, y = boosters("lightgbm")
    save("lgb-classifier", m.LGBMClassifier(n_estimators=3, verbose=-1).fit(X, y))
    save("lgb-regressor", m.LGBMRegressor(n_estimators=3, verbose=-1).fit(X, y))
    save("lgb-booster", m.train({"verbose": -1}, m.Dataset(X, y), 2))


@group
def catboost_():
    m, X, y = boosters("catboost")
    save("cat-classifier", m.CatBoostClassifier(iterations=3, verbose=0, allow_writing_files=False).fit(X, y))
    save("cat-regressor", m.CatBoostRegressor(iterations=3, verbose=0, allow_writing_files=False).fit(X, y))


@group
def statsmodels_():
    import numpy as np, pandas as pd
    import statsmodels.api as sm, statsmodels.formula.api as smf
    X, y = sm.add_constant(np.random.rand(60, 2)), np.random.rand(60)
    save("sm-ols", sm.OLS(y, X).fit())
    save("sm-glm", sm.GLM((y > .5) * 1.0, X, family=sm.families.Binomial()).fit())
    save("sm-logit", sm.Logit((y > .5) * 1.0, X).fit(disp=0))
    df = pd.DataFrame({"y": y, "a": X[:, 1], "c": ["u", "v"] * 30})
    save("sm-formula", smf.ols("y ~ a + C(c)", df).fit())
    from statsmodels.tsa.arima.model import ARIMA
    save("sm-arima", ARIMA(y, order=(1, 0, 0)).fit())
    from statsmodels.tsa.holtwinters import ExponentialSmoothing
    save("sm-hw", ExponentialSmoothing(y, trend="add").fit())
    save("sm-sarimax", sm.tsa.SARIMAX(y, order=(1, 0, 0)).fit(disp=0))


@group
def networkx_():
    import networkx as nx
    save("nx", [nx.path_graph(3), nx.DiGraph([(1, 2)]), nx.MultiGraph([(1, 2)]), nx.MultiDiGraph([(1, 2)])])


@group
def sympy_():
    import sympy as s
    x, y = s.symbols("x y")
    save("sympy", [s.sin(x) ** 2 + s.Rational(1, 3), s.Matrix([[x, 1]]), s.Eq(x, y), s.Integral(x, (x, 0, 1)), s.pi, s.oo,
                   s.Symbol("z", positive=True), s.Poly(x ** 2 + 1), s.Piecewise((x, x > 0), (0, True)), s.I, s.Float("1.5"),
                   s.exp(x), s.Derivative(s.Function("f")(x), x), s.ImmutableMatrix([[1]]), s.FiniteSet(1, 2), s.Interval(0, 1)])


@group
def optuna_():
    import optuna
    optuna.logging.set_verbosity(50)
    study = optuna.create_study(pruner=optuna.pruners.MedianPruner())
    study.optimize(lambda t: t.suggest_float("x", 0, 1) + t.suggest_int("i", 1, 3) + (t.suggest_categorical("c", ["a", "b"]) == "a"), n_trials=3)
    save("optuna-study", study)
    save("optuna-trials", [study.trials, study.best_trial, study.sampler, study.pruner])


@group
def gensim_():
    from gensim.models import Word2Vec, FastText, Doc2Vec, LdaModel, TfidfModel
    from gensim.models.doc2vec import TaggedDocument
    from gensim.corpora import Dictionary
    docs = [["a", "b", "c"], ["a", "c", "d"]] * 10
    save("gensim-w2v", Word2Vec(docs, vector_size=5, min_count=1))
    save("gensim-ft", FastText(docs, vector_size=5, min_count=1))
    save("gensim-d2v", Doc2Vec([TaggedDocument(d, [i]) for i, d in enumerate(docs)], vector_size=5, min_count=1))
    dictionary = Dictionary(docs)
    corpus = [dictionary.doc2bow(d) for d in docs]
    save("gensim-lda", LdaModel(corpus, 2, dictionary))
    save("gensim-tfidf", [TfidfModel(corpus), dictionary, Word2Vec(docs, vector_size=5, min_count=1).wv])


@group
def nltk_():
    import nltk
    from nltk import FreqDist, ConditionalFreqDist, NaiveBayesClassifier, Tree, UnigramTagger, BigramTagger, DefaultTagger, Text
    train = [({"a": 1}, "x"), ({"a": 2}, "y")]
    save("nltk", [FreqDist("abc"), ConditionalFreqDist([(1, 2)]), NaiveBayesClassifier.train(train), Tree.fromstring("(S (NP a))"),
                  nltk.PorterStemmer(), nltk.SnowballStemmer("english"), nltk.RegexpTokenizer("a+"), nltk.TreebankWordTokenizer(),
                  UnigramTagger([[("a", "N")]], backoff=DefaultTagger("N")), nltk.CFG.fromstring("S -> 'a'"),
                  nltk.DecisionTreeClassifier.train(train)])
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer
    save("nltk-punkt", PunktSentenceTokenizer("Mr. A said. It is."))


@group
def neighbours():
    import numpy as np
    X = np.random.rand(60, 4)
    import umap
    save("umap", umap.UMAP(n_neighbors=5, n_epochs=3).fit(X))


@group
def hdbscan_():
    import hdbscan, numpy as np
    save("hdbscan", hdbscan.HDBSCAN(prediction_data=True).fit(np.random.rand(60, 3)))


@group
def shap_():
    import shap, numpy as np
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.linear_model import LinearRegression
    X, y = np.random.rand(40, 3), np.random.rand(40)
    save("shap-tree", shap.TreeExplainer(RandomForestRegressor(3).fit(X, y)))
    save("shap-linear", shap.LinearExplainer(LinearRegression().fit(X, y), X))
    save("shap-values", shap.TreeExplainer(RandomForestRegressor(3).fit(X, y))(X))


@group
def imblearn_():
    from imblearn import over_sampling as o, under_sampling as u, ensemble as e, combine as c
    from imblearn.pipeline import make_pipeline
    from sklearn.linear_model import LogisticRegression
    import numpy as np
    X, y = np.random.rand(60, 3), (np.arange(60) % 3 == 0) * 1
    save("imb-pipeline", make_pipeline(o.SMOTE(), LogisticRegression()).fit(X, y))
    save("imb-samplers", [o.RandomOverSampler(), o.ADASYN(), u.RandomUnderSampler(), u.NearMiss(), c.SMOTEENN(), c.SMOTETomek()])
    save("imb-forest", e.BalancedRandomForestClassifier(5).fit(X, y))
    save("imb-easy", e.EasyEnsembleClassifier(3).fit(X, y))


@group
def category_encoders_():
    import category_encoders as ce, pandas as pd
    df, y = pd.DataFrame({"a": list("xyzxyz")}), [0, 1, 0, 1, 0, 1]
    for name in ("OrdinalEncoder", "OneHotEncoder", "TargetEncoder", "BinaryEncoder", "CatBoostEncoder", "WOEEncoder",
                 "LeaveOneOutEncoder", "HashingEncoder", "HelmertEncoder", "CountEncoder", "JamesSteinEncoder"):
        try:
            save("ce-" + name, getattr(ce, name)().fit(df, y))
        except Exception as e:
            print("  ce %s %r" % (name, e))


@group
def sktime_():
    import pandas as pd
    from sktime.forecasting.naive import NaiveForecaster
    from sktime.forecasting.trend import PolynomialTrendForecaster
    from sktime.forecasting.exp_smoothing import ExponentialSmoothing
    from sktime.transformations.series.detrend import Detrender
    from sktime.forecasting.compose import TransformedTargetForecaster
    y = pd.Series(range(30), index=pd.period_range("2020", periods=30, freq="M"), dtype=float)
    save("sktime", [NaiveForecaster(sp=12).fit(y, fh=[1, 2]), PolynomialTrendForecaster().fit(y),
                    TransformedTargetForecaster([("d", Detrender()), ("n", NaiveForecaster())]).fit(y, fh=[1])])
    from sktime.forecasting.base import ForecastingHorizon
    save("sktime-fh", ForecastingHorizon([1, 2]))


@group
def polars_():
    import polars as pl
    save("polars", [pl.DataFrame({"a": [1, 2], "b": ["x", "y"]}), pl.Series("a", [1.5]), pl.col("a") + 1, pl.Int64, pl.List(pl.Int8),
                    pl.LazyFrame({"a": [1]})])


@group
def pyarrow_():
    import pyarrow as pa
    save("pyarrow", [pa.table({"a": [1]}), pa.array([1, 2]), pa.schema([("a", pa.int8())]), pa.int64(), pa.scalar(1),
                     pa.chunked_array([[1]]), pa.record_batch({"a": [1]}), pa.list_(pa.string()), pa.timestamp("ns", tz="UTC"),
                     pa.dictionary(pa.int8(), pa.string()), pa.struct([("a", pa.int8())]), pa.array(["a", None])])


@group
def xarray_():
    import numpy as np, xarray as xr
    a = xr.DataArray(np.eye(2), dims=("x", "y"), coords={"x": [1, 2]}, name="n")
    save("xarray", [a, xr.Dataset({"a": a}), a.variable, a.indexes])


@group
def astropy_():
    from astropy import units as u
    from astropy.table import Table, QTable
    from astropy.time import Time
    from astropy.coordinates import SkyCoord
    from astropy.modeling import models
    save("astropy", [1 * u.m, [1, 2] * u.km / u.s, u.kg, Time("2020-01-01"), SkyCoord(1, 2, unit="deg"), u.m / u.s])
    save("astropy-table", [Table({"a": [1, 2]}), QTable({"a": [1, 2] * u.m}), Table({"a": [1]}, masked=True)])
    save("astropy-model", [models.Gaussian1D(), models.Polynomial1D(2)])
    from astropy.cosmology import Planck18
    save("astropy-cosmology", Planck18)


@group
def torch_():
    import torch, torch.nn as nn
    from torch.optim import Adam, SGD, lr_scheduler
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Dropout(), nn.Flatten(), nn.Linear(2, 2), nn.GELU())
    opt = Adam(net.parameters())
    net(torch.rand(1, 1, 3, 3).repeat(2, 1, 1, 1)).sum().backward()
    opt.step()
    layers = [nn.Transformer(8, 2, 1, 1, 8), nn.LSTM(2, 2), nn.GRU(2, 2), nn.Embedding(3, 2), nn.MultiheadAttention(4, 2),
              nn.ModuleList([nn.Linear(1, 1)]), nn.ModuleDict({"a": nn.Linear(1, 1)}), nn.LayerNorm(2), nn.Softmax(1), nn.MaxPool2d(2),
              nn.ConvTranspose2d(1, 1, 1), nn.Upsample(2), nn.PReLU(), nn.Identity(), nn.CrossEntropyLoss(), nn.MSELoss(),
              nn.BCEWithLogitsLoss(), nn.SmoothL1Loss(), nn.GroupNorm(1, 2), nn.InstanceNorm2d(2), nn.AdaptiveAvgPool2d(1), nn.Bilinear(1, 1, 1),
              nn.TransformerEncoderLayer(4, 2), nn.PixelShuffle(2), nn.ReflectionPad2d(1), nn.LeakyReLU(), nn.SiLU(), nn.Hardswish(),
              nn.utils.weight_norm(nn.Linear(1, 1)), nn.utils.spectral_norm(nn.Linear(1, 1)), nn.ParameterList([nn.Parameter(torch.ones(1))])]
    sched = lr_scheduler.StepLR(opt, 1)
    lam = [lr_scheduler.CosineAnnealingLR(opt, 3), lr_scheduler.ReduceLROnPlateau(opt), lr_scheduler.ExponentialLR(opt, .9)]
    things = {
        "state": net.state_dict(), "optim": opt.state_dict(), "checkpoint": {"model": net.state_dict(), "optimizer": opt.state_dict(), "epoch": 1,
                                                                            "scheduler": sched.state_dict(), "rng": torch.get_rng_state()},
        "module": net, "optimizer": opt, "schedulers": [sched] + lam,
        "tensors": [torch.zeros(2, dtype=d) for d in (torch.float16, torch.bfloat16, torch.int8, torch.bool, torch.complex64)],
        "sparse": torch.eye(2).to_sparse(), "parameter": nn.Parameter(torch.ones(1)), "size": [torch.Size([1]), torch.float32, torch.device("cpu")],
        "quantized": torch.quantize_per_tensor(torch.ones(2), .1, 0, torch.qint8), "dataset": torch.utils.data.TensorDataset(torch.ones(2)),
        "csr": torch.eye(2).to_sparse_csr() if hasattr(torch.eye(2), "to_sparse_csr") else 0,
        "distributions": [torch.distributions.Normal(0., 1.), torch.distributions.Categorical(torch.ones(2))],
        "dynamic": torch.quantization.quantize_dynamic(nn.Sequential(nn.Linear(2, 2)), {nn.Linear}),
        "generator": torch.Generator().get_state(), "packed": nn.utils.rnn.pack_sequence([torch.ones(2)]),
        "dataloader": torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(2))),
        "prune": nn.utils.prune.l1_unstructured(nn.Linear(2, 2), "weight", .5), "swa": torch.optim.swa_utils.AveragedModel(nn.Linear(1, 1)),
    }
    things.update({"layer-%d" % i: layer for i, layer in enumerate(layers)})
    for name, obj in things.items():
        for zipped in (True, False):
            path = os.path.join(OUT, "torch-%s.%s.pt" % (name, "zip" if zipped else "legacy"))
            try:
                torch.save(obj, path, _use_new_zipfile_serialization=zipped)
            except Exception as e:
                print("  torch-%s: %r" % (name, e))
                break
        save("torch-" + name, obj, (4,))


@group
def skorch_():
    import skorch, torch, numpy as np
    net = skorch.NeuralNetClassifier(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Softmax(-1)), max_epochs=1, verbose=0)
    save("skorch", net.fit(np.random.rand(20, 2).astype("f4"), np.arange(20) % 2))


@group
def transformers_():
    import transformers as t
    save("hf-config", [t.BertConfig(), t.GPT2Config(), t.LlamaConfig(), t.T5Config()])
    save("hf-encoding", t.BatchEncoding({"a": [1]}))
    save("hf-args", t.TrainingArguments(output_dir="/tmp/x", report_to=[]))
    model = t.BertModel(t.BertConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=20))
    save("hf-model", model)
    save("hf-gpt2", t.GPT2LMHeadModel(t.GPT2Config(n_embd=8, n_layer=1, n_head=2, vocab_size=20)))
    import torch
    save("hf-output", model(torch.tensor([[1, 2]])))
    from tokenizers import Tokenizer, models, pre_tokenizers
    tok = Tokenizer(models.WordLevel({"a": 0, "[UNK]": 1}, unk_token="[UNK]"))
    tok.pre_tokenizer = pre_tokenizers.Whitespace()
    save("hf-tokenizers", tok)
    save("hf-tokenizer", t.PreTrainedTokenizerFast(tokenizer_object=tok))


@group
def torch_geometric_():
    import torch
    from torch_geometric.data import Data, Batch, HeteroData
    d = Data(x=torch.ones(2, 1), edge_index=torch.tensor([[0], [1]]))
    save("pyg-data", [d, Batch.from_data_list([d, d]), HeteroData()])
    from torch_geometric.nn import GCNConv, GATConv
    save("pyg-conv", [GCNConv(1, 1), GATConv(1, 1)])


@group
def lightning_():
    import pytorch_lightning as pl
    from pytorch_lightning.callbacks import ModelCheckpoint, EarlyStopping
    from pytorch_lightning.utilities.parsing import AttributeDict
    save("pl", [ModelCheckpoint(), EarlyStopping("loss"), AttributeDict(a=1)])
    import torchmetrics
    save("torchmetrics", [torchmetrics.MeanMetric(), torchmetrics.Accuracy(task="binary")])


@group
def stable_baselines_():
    import stable_baselines3 as sb, gymnasium as gym
    model = sb.PPO("MlpPolicy", "CartPole-v1", n_steps=8, batch_size=8)
    save("sb3", [model.policy, model.observation_space, model.action_space, model.rollout_buffer])
    save("gymnasium", [gym.spaces.Box(0, 1, (2,)), gym.spaces.Discrete(2), gym.spaces.Dict({"a": gym.spaces.Discrete(2)}), gym.spaces.Tuple([gym.spaces.MultiBinary(2)])])


@group
def timm_():
    import timm
    for name in ("resnet18", "vit_tiny_patch16_224", "efficientnet_b0", "mobilenetv3_small_050"):
        save("timm-" + name, timm.create_model(name), (2,))


@group
def records():
    import omegaconf
    save("omegaconf", [omegaconf.OmegaConf.create({"a": [1, {"b": "${a}"}]}), omegaconf.DictConfig({"x": 1})])


@group
def small_():
    import importlib
    for name, make in {
        "easydict": lambda m: m.EasyDict(a={"b": 1}), "munch": lambda m: m.munchify({"a": {"b": 1}}), "box": lambda m: m.Box(a={"b": [1]}),
        "addict": lambda m: m.Dict(a={"b": 1}), "pint": lambda m: m.UnitRegistry()("1 m"), "shapely.geometry": lambda m: [m.Point(1, 2), m.Polygon([(0, 0), (1, 0), (1, 1)])],
        "sortedcontainers": lambda m: [m.SortedDict(a=1), m.SortedList([1]), m.SortedSet([1])], "frozendict": lambda m: m.frozendict(a=1),
        "bitarray": lambda m: m.bitarray("101"), "regex": lambda m: m.compile("a+"), "dateutil.tz": lambda m: [m.tzutc(), m.gettz("Europe/Berlin"), m.tzoffset("a", 60)],
        "dateutil.relativedelta": lambda m: m.relativedelta(months=1), "dateutil.rrule": lambda m: m.rrule(m.DAILY, count=2),
        "pytz": lambda m: [m.utc, m.timezone("Europe/Berlin"), m.FixedOffset(60)], "multidict": lambda m: m.MultiDict(a=1),
        "pydantic": lambda m: [m.SecretStr("a")], "matplotlib.figure": lambda m: m.Figure(), "plotly.graph_objects": lambda m: m.Figure({"data": [{"type": "bar", "y": [1]}]}),
        "PIL.Image": lambda m: m.new("RGB", (2, 2)), "fractions": lambda m: m.Fraction(1, 2), "yarl": lambda m: m.URL("http://a"), "tqdm": lambda m: 1,
        "hmmlearn.hmm": lambda m: m.GaussianHMM(2), "pygam": lambda m: m.LinearGAM(m.s(0)).fit([[1.], [2.], [3.], [4.]] * 10, [1, 2, 3, 4] * 10),
        "deap.base": lambda m: [m.Fitness, m.Toolbox()], "ngboost": lambda m: m.NGBRegressor(n_estimators=2, verbose=False).fit([[1.], [2.], [3.]] * 5, [1., 2, 3] * 5),
        "interpret.glassbox": lambda m: m.LogisticRegression(), "feature_engine.imputation": lambda m: m.MeanMedianImputer(), "mlxtend.feature_selection": lambda m: m.SequentialFeatureSelector(__import__("sklearn.linear_model").linear_model.LogisticRegression()),
        "pyod.models.iforest": lambda m: m.IForest(n_estimators=3).fit([[1.], [2.], [3.], [9.]] * 5), "tslearn.clustering": lambda m: m.TimeSeriesKMeans(2).fit([[1., 2, 3], [3., 2, 1], [1., 2, 4]]),
        "river.linear_model": lambda m: m.LogisticRegression(), "river.tree": lambda m: m.HoeffdingTreeClassifier(), "lifelines": lambda m: m.KaplanMeierFitter().fit([1, 2, 3]),
        "geopandas": lambda m: m.GeoDataFrame({"a": [1]}, geometry=[__import__("shapely.geometry").geometry.Point(1, 2)]),
        "skopt": lambda m: [m.Space([m.space.Real(0, 1), m.space.Integer(1, 3), m.space.Categorical("ab")]), m.Optimizer([(0., 1.)])],
        "skimage.transform": lambda m: m.AffineTransform(), "thinc.config": lambda m: m.Config({"a": {"b": 1}}), "srsly": lambda m: 1,
        "pytorch_tabnet.tab_model": lambda m: m.TabNetClassifier(verbose=0), "prophet": lambda m: m.Prophet(), "networkx": lambda m: m.karate_club_graph(),
        "threading": lambda m: m.local if False else 1, "formulaic": lambda m: m.Formula("y ~ x"), "patsy": lambda m: m.dmatrix("x", {"x": [1., 2]}).design_info.column_names,
        "numba.typed": lambda m: m.List([1]), "huggingface_hub": lambda m: m.ModelCard("# a"), "torch.nn.utils.rnn": lambda m: 1, "attr": lambda m: m.NOTHING,
        "gymnasium.spaces": lambda m: m.Discrete(2), "tokenizers": lambda m: m.AddedToken("a"), "threadpoolctl": lambda m: 1, "yaml": lambda m: m.compose("a: 1"),
        "imageio": lambda m: 1, "bs4": lambda m: m.BeautifulSoup("<a>b</a>", "html.parser"), "markupsafe": lambda m: m.Markup("a"), "jinja2": lambda m: 1, "spacy.vocab": lambda m: m.Vocab(),
    }.items():
        try:
            save("small-" + name, make(importlib.import_module(name)))
        except ImportError as e:
            print("- %s: %s" % (name, e))
        except Exception as e:
            print("  small-%s: %r" % (name, e))


@group
def spacy_():
    import spacy
    nlp = spacy.blank("en")
    doc = nlp("Hello world.")
    save("spacy-doc", doc)
    save("spacy-docbin", spacy.tokens.DocBin(docs=[doc]).to_bytes())
    save("spacy-nlp", nlp)


@group
def dill_():
    import dill, cloudpickle, collections
    for module in (dill, cloudpickle):
        for name, obj in {"data": {"a": [1, (2,)], "o": collections.OrderedDict(a=1)}, "numpy": __import__("numpy").arange(3)}.items():
            with open(os.path.join(OUT, "%s-%s.pkl" % (module.__name__, name)), "wb") as f:
                module.dump(obj, f)


print("%d files in %s" % (len(MADE), OUT))
