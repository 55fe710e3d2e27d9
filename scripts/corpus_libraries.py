#!/usr/bin/env python3
"""Makes ordinary files of machine-learning libraries, whichever this Python has, to measure false accusations.

    python3 scripts/corpus_libraries.py FOLDER [TAG [LIBRARY...]]

As scripts/corpus.py, which keeps to the standard library, NumPy, pandas, scikit-learn and torch: no payload, no class of
this script. Each recipe stands under the library that it needs; protocols and compressions go round so that every one
meets many libraries.
"""

import collections
import datetime
import importlib
import inspect
import io
import itertools
import os
import pathlib
import pickle
import pkgutil
import platform
import signal
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
TAG = sys.argv[2] if len(sys.argv) > 2 else "py" + platform.python_version()
ONLY = set(sys.argv[3:])
MADE = []
RECIPES = []
PROTOCOLS = itertools.cycle(range(pickle.HIGHEST_PROTOCOL + 1))
COMPRESSIONS = itertools.cycle([0, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3)])
SECONDS = 60


class Slow(BaseException):
    pass


def recipe(library, name=None):
    def keep(function):
        RECIPES.append((library, name or function.__name__, function))
        return function

    return keep


def attempt(library, name, value_of):
    target = FOLDER / TAG / library / name
    target.parent.mkdir(parents=True, exist_ok=True)

    def late(*_):
        raise Slow()

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        value_of(str(target))
        MADE.append(str(target))
    except (Exception, Slow, SystemExit) as error:
        print("skipped", TAG, library, name, type(error).__name__, str(error)[:100].replace("\n", " "), file=sys.stderr)
        if target.exists():
            target.unlink()
    finally:
        signal.alarm(0)


def save(value, target):
    """By the ending: `.joblib` with the next compression, `.pt` by torch, else pickle in the next protocol."""
    if target.endswith(".joblib"):
        import joblib

        joblib.dump(value, target, compress=next(COMPRESSIONS))
    elif target.endswith((".pt", ".pth", ".bin", ".ckpt")):
        import torch

        torch.save(value, target)
    else:
        with open(target, "wb") as out:
            pickle.dump(value, out, next(PROTOCOLS))


def data(rows=60, columns=5, classes=2):
    import numpy as np

    x = np.abs(np.random.RandomState(0).rand(rows, columns))
    return x, np.arange(rows) % classes


def frame(rows=60):
    import numpy as np
    import pandas as pd

    state = np.random.RandomState(0)
    return pd.DataFrame({
        "a": state.rand(rows), "b": state.rand(rows), "c": np.array(["x", "y", "z"])[np.arange(rows) % 3],
        "d": pd.date_range("2024", periods=rows),
    })


def classes_of(package, wanted, skip=()):
    """Every public class of a package for which `wanted` holds, its submodules included."""
    found = {}
    root = importlib.import_module(package)
    names = [package] + [m.name for m in pkgutil.walk_packages(root.__path__, package + ".", onerror=lambda n: None)]
    for name in names:
        if any(part in skip or part.startswith("test") or part == "setup" for part in name.split(".")):
            continue
        try:
            module = importlib.import_module(name)
        except BaseException:
            continue
        for key, kind in list(vars(module).items()):
            try:
                if inspect.isclass(kind) and not key.startswith("_") and kind.__module__.startswith(package) and wanted(kind):
                    found[kind.__module__ + "." + kind.__name__] = kind
            except Exception:
                pass
    return [found[key] for key in sorted(found)]


def fit_all(library, package, skip=(), limit=200, frames=False):
    """Makes and fits every estimator that does so with its defaults."""
    for number, kind in enumerate(classes_of(package, lambda k: hasattr(k, "fit"), skip)[:limit]):
        ending = ".joblib" if number % 2 else ".pkl"

        def make(target, kind=kind):
            x, y = data()
            model = kind()
            if frames:
                import pandas as pd

                x = pd.DataFrame(x, columns=list("abcde"))
                y = pd.Series(y)
            for arguments in ((x, y), (x,), (frame()[["a", "b", "c"]], y), (list("abcabc"), list("xyzxyz"))):
                try:
                    model.fit(*arguments)
                    break
                except Exception:
                    continue
            save(model, target)

        attempt(library, kind.__name__ + ending, make)


# --- scikit-learn and what follows its interface ----------------------------------------------------


@recipe("sklearn")
def every_estimator(library):
    from sklearn.utils import all_estimators
    for number, (name, kind) in enumerate(all_estimators()):
        def make(target, kind=kind):
            x, y = data()
            model = kind()
            for arguments in ((x, y), (x, x[:, 0]), (x, x[:, :2]), (["a b", "b c"] * 30, y)):
                try:
                    model.fit(*arguments)
                    break
                except Exception:
                    continue
            save(model, target)

        attempt(library, name + (".pkl" if number % 2 else ".joblib"), make)


@recipe("sklearn")
def pipelines(library):
    import numpy as np
    from sklearn import (calibration, cluster, compose, decomposition, ensemble, feature_extraction, feature_selection, gaussian_process,
                         impute, linear_model, metrics, model_selection, multiclass, naive_bayes, neighbors, pipeline, preprocessing,
                         svm, tree)
    x, y = data(classes=3)
    kernels = gaussian_process.kernels
    values = {
        "voting": ensemble.VotingClassifier([("a", linear_model.LogisticRegression()), ("b", tree.DecisionTreeClassifier())], voting="soft"),
        "stacking": ensemble.StackingClassifier([("a", linear_model.RidgeClassifier()), ("b", svm.LinearSVC())], cv=2),
        "bagging": ensemble.BaggingClassifier(n_estimators=3),
        "calibrated": calibration.CalibratedClassifierCV(svm.LinearSVC(), cv=2),
        "one-vs-rest": multiclass.OneVsRestClassifier(svm.SVC(probability=True)),
        "random-search": model_selection.RandomizedSearchCV(ensemble.RandomForestClassifier(3), {"max_depth": [1, 2, 3]}, n_iter=2, cv=2),
        "gp": gaussian_process.GaussianProcessClassifier(kernels.RBF() + kernels.WhiteKernel() * kernels.ConstantKernel(2)),
        "union": pipeline.make_pipeline(
            pipeline.FeatureUnion([("pca", decomposition.PCA(2)), ("best", feature_selection.SelectKBest(k=2))]),
            preprocessing.MinMaxScaler(), neighbors.KNeighborsClassifier(algorithm="ball_tree")),
        "log": pipeline.make_pipeline(preprocessing.FunctionTransformer(np.log1p), linear_model.SGDClassifier()),
        "function-none": pipeline.make_pipeline(preprocessing.FunctionTransformer(), preprocessing.PolynomialFeatures(2), linear_model.LogisticRegressionCV(cv=2)),
        "scored": model_selection.GridSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1, 2]}, scoring=metrics.make_scorer(metrics.f1_score, average="macro"), cv=model_selection.StratifiedKFold(2)),
        "scored-many": model_selection.GridSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1, 2]}, scoring={"a": "accuracy", "b": metrics.make_scorer(metrics.precision_score, average="micro")}, refit="a", cv=model_selection.KFold(2, shuffle=True, random_state=np.random.RandomState(3))),
        "target": compose.TransformedTargetRegressor(linear_model.Ridge(), func=np.sqrt, inverse_func=np.square),
        "kmeans": pipeline.make_pipeline(impute.SimpleImputer(), cluster.KMeans(3)),
        "kde": neighbors.KernelDensity(),
        "isotonic": importlib.import_module("sklearn.isotonic").IsotonicRegression(),
        "knn-metric": neighbors.NearestNeighbors(metric="minkowski", p=3),
        "hist": ensemble.HistGradientBoostingClassifier(max_iter=3) if hasattr(ensemble, "HistGradientBoostingClassifier") else tree.ExtraTreeClassifier(),
        "svr": svm.SVR(kernel="poly"),
        "bayes": naive_bayes.ComplementNB(),
    }
    for name, model in values.items():
        for ending in (".joblib", ".pkl"):
            def make(target, model=model):
                if isinstance(model, cluster.KMeans) or "isotonic" in target:
                    model.fit(x[:, 0], y)
                else:
                    model.fit(x, y)
                save(model, target)

            attempt(library, "pipelines/" + name + ending, make)
    text = feature_extraction.text
    for name, vectors in {
        "count": text.CountVectorizer(ngram_range=(1, 2), stop_words="english"), "tfidf": text.TfidfVectorizer(dtype=np.float32),
        "hashing": text.HashingVectorizer(), "dict": feature_extraction.DictVectorizer(), "tokens": text.CountVectorizer(tokenizer=str.split),
    }.items():
        def make(target, vectors=vectors):
            save(vectors.fit([{"a": 1}] if "dict" in target else ["some text here", "more text"]), target)

        attempt(library, "text/" + name + ".pkl", make)
    mixed = frame()
    columns = compose.ColumnTransformer([
        ("n", pipeline.make_pipeline(impute.SimpleImputer(), preprocessing.StandardScaler()), ["a", "b"]),
        ("c", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["c"]),
        ("s", preprocessing.OrdinalEncoder(), compose.make_column_selector(dtype_include=object) if hasattr(compose, "make_column_selector") else ["c"]),
    ])
    attempt(library, "pipelines/mixed.joblib", lambda t: save(pipeline.make_pipeline(columns, ensemble.GradientBoostingClassifier(n_estimators=3)).fit(mixed, y), t))
    attempt(library, "pipelines/dict.joblib", lambda t: save({"model": linear_model.Lasso().fit(x, y), "columns": mixed.columns, "trained": datetime.datetime.now(), "scores": collections.defaultdict(list, a=[np.float64(1)]), "dtype": mixed.dtypes.to_dict()}, t))


@recipe("imblearn")
def imblearn(library):
    for kind in classes_of("imblearn", lambda k: hasattr(k, "fit_resample") or hasattr(k, "fit")):
        def make(target, kind=kind):
            x, y = data()
            y = (y * (x[:, 0] > 0.3)).astype(int)
            model = kind()
            try:
                model.fit_resample(x, y)
            except Exception:
                model.fit(x, y)
            save(model, target)

        attempt(library, kind.__name__ + ".joblib", make)
    def pipe(target):
        from imblearn.over_sampling import SMOTE
        from imblearn.pipeline import make_pipeline
        from sklearn.linear_model import LogisticRegression
        save(make_pipeline(SMOTE(k_neighbors=2), LogisticRegression()).fit(*data()), target)
    attempt(library, "pipe.pkl", pipe)


@recipe("category_encoders")
def category_encoders(library):
    for kind in classes_of("category_encoders", lambda k: hasattr(k, "fit_transform")):
        attempt(library, kind.__name__ + ".pkl", lambda t, kind=kind: save(kind(cols=["c"]).fit(frame()[["a", "c"]], data()[1]), t))


@recipe("feature_engine")
def feature_engine(library):
    fit_all(library, "feature_engine", frames=True)


@recipe("pyod")
def pyod(library):
    fit_all(library, "pyod.models", skip=("auto_encoder", "vae", "deep_svdd", "alad", "anogan", "so_gaal", "mo_gaal", "gaal_base", "base_dl", "so_gaal_new", "torch_utility"))


@recipe("mlxtend")
def mlxtend(library):
    fit_all(library, "mlxtend")


@recipe("tslearn")
def tslearn(library):
    fit_all(library, "tslearn", skip=("shapelets",), limit=25)


@recipe("skrub")
def skrub(library):
    fit_all(library, "skrub", frames=True)


@recipe("sksurv")
def sksurv(library):
    import numpy as np
    from sksurv.util import Surv
    x, y = data()
    times = Surv.from_arrays(y.astype(bool), np.arange(60) + 1.0)
    for kind in classes_of("sksurv", lambda k: hasattr(k, "fit")):
        attempt(library, kind.__name__ + ".joblib", lambda t, kind=kind: save(kind().fit(x, times), t))


@recipe("quantile_forest")
def quantile_forest(library):
    fit_all(library, "quantile_forest")


@recipe("ngboost")
def ngboost(library):
    import ngboost
    x, y = data()
    attempt(library, "regressor.pkl", lambda t: save(ngboost.NGBRegressor(n_estimators=3, verbose=False).fit(x, x[:, 0]), t))
    attempt(library, "classifier.joblib", lambda t: save(ngboost.NGBClassifier(n_estimators=3, verbose=False).fit(x, y), t))
    attempt(library, "survival.pkl", lambda t: save(ngboost.NGBSurvival(n_estimators=3, verbose=False).fit(x, x[:, 0] + 1, y), t))


@recipe("hmmlearn")
def hmmlearn(library):
    fit_all(library, "hmmlearn")


@recipe("pygam")
def pygam(library):
    import pygam
    x, y = data()
    attempt(library, "linear.pkl", lambda t: save(pygam.LinearGAM(pygam.s(0) + pygam.f(1)).fit(x[:, :2], y), t))
    attempt(library, "logistic.joblib", lambda t: save(pygam.LogisticGAM().fit(x, y), t))


@recipe("interpret")
def interpret(library):
    from interpret import glassbox
    x, y = data()
    attempt(library, "ebm.pkl", lambda t: save(glassbox.ExplainableBoostingClassifier(max_rounds=5, outer_bags=1, n_jobs=1).fit(x, y), t))
    attempt(library, "ebr.joblib", lambda t: save(glassbox.ExplainableBoostingRegressor(max_rounds=5, outer_bags=1, n_jobs=1).fit(x, x[:, 0]), t))
    attempt(library, "tree.pkl", lambda t: save(glassbox.ClassificationTree().fit(x, y), t))


@recipe("gplearn")
def gplearn(library):
    fit_all(library, "gplearn")


@recipe("sklearn_crfsuite")
def crfsuite(library):
    import sklearn_crfsuite
    attempt(library, "crf.pkl", lambda t: save(sklearn_crfsuite.CRF(max_iterations=3).fit([[{"a": 1.0}, {"b": 1.0}]], [["x", "y"]]), t))


@recipe("skopt")
def skopt(library):
    import skopt
    attempt(library, "result.pkl", lambda t: skopt.dump(skopt.gp_minimize(lambda v: v[0] ** 2, [(-1.0, 1.0)], n_calls=5, n_initial_points=3, random_state=0), t, store_objective=False))
    attempt(library, "optimizer.pkl", lambda t: save(skopt.Optimizer([(-1.0, 1.0), (1, 5), ["a", "b"]]), t))
    def search(target):
        from sklearn.svm import SVC
        save(skopt.BayesSearchCV(SVC(), {"C": (0.1, 10.0, "log-uniform")}, n_iter=3, cv=2).fit(*data()), target)
    attempt(library, "search.joblib", search)


# --- boosting ---------------------------------------------------------------------------------------


@recipe("xgboost")
def xgboost(library):
    import xgboost as xgb
    x, y = data(classes=3)
    for name in ("XGBClassifier", "XGBRegressor", "XGBRFClassifier", "XGBRFRegressor", "XGBRanker"):
        def make(target, name=name):
            more = {"group": [30, 30]} if "Ranker" in name else {}
            save(getattr(xgb, name)(n_estimators=3).fit(x, y, **more), target)

        for ending in (".pkl", ".joblib"):
            attempt(library, name + ending, make)
    booster = lambda: xgb.train({"max_depth": 2}, xgb.DMatrix(x, label=y), 3)
    attempt(library, "booster.pkl", lambda t: save(booster(), t))
    for ending in ("json", "ubj", "model"):
        attempt(library, "booster." + ending, lambda t: booster().save_model(t))
    attempt(library, "early.pkl", lambda t: save(xgb.XGBClassifier(n_estimators=5, early_stopping_rounds=2).fit(x, y, eval_set=[(x, y)], verbose=False), t))
    attempt(library, "callbacks.pkl", lambda t: save(xgb.XGBClassifier(n_estimators=5, callbacks=[xgb.callback.EarlyStopping(rounds=2)]).fit(x, y, eval_set=[(x, y)], verbose=False), t))

    def piped(target):
        from sklearn.model_selection import GridSearchCV
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler
        pipe = make_pipeline(StandardScaler(), xgb.XGBClassifier(n_estimators=2))
        save(GridSearchCV(pipe, {"xgbclassifier__max_depth": [1, 2]}, cv=2).fit(x, y), target)
    attempt(library, "grid.joblib", piped)


@recipe("lightgbm")
def lightgbm(library):
    import lightgbm as lgb
    x, y = data(classes=3)
    for name in ("LGBMClassifier", "LGBMRegressor", "LGBMRanker"):
        def make(target, name=name):
            more = {"group": [30, 30]} if "Ranker" in name else {}
            save(getattr(lgb, name)(n_estimators=3, min_child_samples=2).fit(x, y, **more), target)

        for ending in (".pkl", ".joblib"):
            attempt(library, name + ending, make)
    booster = lambda: lgb.train({"verbose": -1}, lgb.Dataset(x, label=y), 3)
    attempt(library, "booster.pkl", lambda t: save(booster(), t))
    attempt(library, "booster.txt", lambda t: booster().save_model(t))
    attempt(library, "early.pkl", lambda t: save(lgb.LGBMClassifier(n_estimators=5).fit(x, y, eval_set=[(x, y)], callbacks=[lgb.early_stopping(2)]), t))
    attempt(library, "cv.pkl", lambda t: save(lgb.cv({"verbose": -1}, lgb.Dataset(x, label=x[:, 0]), 2, nfold=2, stratified=False, return_cvbooster=True), t))


@recipe("catboost")
def catboost(library):
    import catboost
    x, y = data(classes=3)
    quiet = {"iterations": 3, "verbose": False, "allow_writing_files": False}
    for name in ("CatBoostClassifier", "CatBoostRegressor", "CatBoost"):
        for ending in (".pkl", ".joblib"):
            attempt(library, name + ending, lambda t, n=name: save(getattr(catboost, n)(*([quiet] if n == "CatBoost" else []), **({} if n == "CatBoost" else quiet)).fit(x, y), t))
    for ending in ("cbm", "json"):
        attempt(library, "model." + ending, lambda t: catboost.CatBoostClassifier(**quiet).fit(x, y).save_model(t, format=t.split(".")[-1]))
    attempt(library, "unfitted.pkl", lambda t: save(catboost.CatBoostClassifier(**quiet), t))


# --- statistics, time series ------------------------------------------------------------------------


@recipe("statsmodels")
def statsmodels(library):
    import numpy as np
    import statsmodels.api as sm
    import statsmodels.formula.api as smf
    x, y = data()
    table = frame()
    tsa = sm.tsa
    series = np.cumsum(np.random.RandomState(1).rand(80))
    values = {
        "ols": lambda: sm.OLS(y, sm.add_constant(x)).fit(), "wls": lambda: sm.WLS(y, x, weights=x[:, 0]).fit(),
        "gls": lambda: sm.GLS(y, x).fit(), "glm": lambda: sm.GLM(y, x, family=sm.families.Binomial()).fit(),
        "glm-poisson": lambda: sm.GLM(y, x, family=sm.families.Poisson()).fit(), "logit": lambda: sm.Logit(y, x).fit(disp=0),
        "probit": lambda: sm.Probit(y, x).fit(disp=0), "mnlogit": lambda: sm.MNLogit(np.arange(60) % 3, x).fit(disp=0),
        "rlm": lambda: sm.RLM(y, x).fit(), "quant": lambda: sm.QuantReg(x[:, 0], x[:, 1:]).fit(),
        "formula": lambda: smf.ols("a ~ b + C(c)", table).fit(), "formula-logit": lambda: smf.logit("y ~ a + b", table.assign(y=y)).fit(disp=0),
        "mixed": lambda: smf.mixedlm("a ~ b", table, groups=table["c"]).fit(), "gee": lambda: smf.gee("a ~ b", "c", table).fit(),
        "arima": lambda: tsa.arima.ARIMA(series, order=(1, 0, 0)).fit(), "sarimax": lambda: tsa.SARIMAX(series, order=(1, 1, 1)).fit(disp=0),
        "expsmooth": lambda: tsa.ExponentialSmoothing(series, trend="add").fit(), "holt": lambda: tsa.Holt(series).fit(),
        "autoreg": lambda: tsa.AutoReg(series, 2).fit(), "var": lambda: tsa.VAR(np.random.RandomState(2).rand(60, 2)).fit(1),
        "ucm": lambda: tsa.UnobservedComponents(series, "local level").fit(disp=0), "stl": lambda: tsa.STL(series, period=7).fit(),
        "decompose": lambda: tsa.seasonal_decompose(series, period=7), "kde": lambda: (lambda k: (k.fit(), k)[1])(sm.nonparametric.KDEUnivariate(x[:, 0])),
        "negbin": lambda: sm.NegativeBinomial(y, x).fit(disp=0), "phreg": lambda: sm.PHReg(x[:, 0] + 1, x[:, 1:]).fit(),
        "pca": lambda: sm.PCA(x, 2), "lowess": lambda: sm.nonparametric.lowess(x[:, 0], x[:, 1]),
    }
    for name, make in values.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))
    for name in ("ols", "glm", "sarimax"):
        attempt(library, name + ".pickle", lambda t, n=name: values[n]().save(t))
        attempt(library, name + "-bare.pickle", lambda t, n=name: values[n]().save(t, remove_data=True))


@recipe("arch")
def arch(library):
    from arch import arch_model
    import numpy as np
    attempt(library, "garch.pkl", lambda t: save(arch_model(np.random.RandomState(0).randn(200)).fit(disp="off"), t))


@recipe("pmdarima")
def pmdarima(library):
    import numpy as np
    import pmdarima as pm
    series = np.cumsum(np.random.RandomState(1).rand(60))
    attempt(library, "auto.pkl", lambda t: save(pm.auto_arima(series, max_p=1, max_q=1), t))
    attempt(library, "arima.joblib", lambda t: save(pm.ARIMA((1, 1, 0)).fit(series), t))
    attempt(library, "pipe.pkl", lambda t: save(pm.pipeline.Pipeline([("b", pm.preprocessing.BoxCoxEndogTransformer()), ("a", pm.ARIMA((1, 0, 0)))]).fit(series + 1), t))


@recipe("prophet")
def prophet(library):
    import prophet
    import pandas as pd
    attempt(library, "unfitted.pkl", lambda t: save(prophet.Prophet(yearly_seasonality=True), t))
    table = pd.DataFrame({"ds": pd.date_range("2024", periods=60), "y": range(60)})
    attempt(library, "model.pkl", lambda t: save(prophet.Prophet().fit(table), t))
    attempt(library, "model.json", lambda t: open(t, "w").write(importlib.import_module("prophet.serialize").model_to_json(prophet.Prophet().fit(table))))


@recipe("sktime")
def sktime(library):
    import numpy as np
    import pandas as pd
    series = pd.Series(np.cumsum(np.random.RandomState(1).rand(60)), index=pd.period_range("2020-01", periods=60, freq="M"))
    names = {
        "forecasting.naive": ["NaiveForecaster"], "forecasting.trend": ["TrendForecaster", "PolynomialTrendForecaster", "STLForecaster"],
        "forecasting.exp_smoothing": ["ExponentialSmoothing"], "forecasting.theta": ["ThetaForecaster"], "forecasting.arima": ["AutoARIMA", "ARIMA"],
        "forecasting.ets": ["AutoETS"], "forecasting.croston": ["Croston"],
        "transformations.series.detrend": ["Detrender", "Deseasonalizer"], "transformations.series.boxcox": ["BoxCoxTransformer", "LogTransformer"],
        "transformations.series.impute": ["Imputer"], "transformations.series.difference": ["Differencer"], "transformations.series.lag": ["Lag"],
        "transformations.series.summarize": ["WindowSummarizer"], "transformations.series.exponent": ["ExponentTransformer"],
    }
    for module, kinds in names.items():
        for name in kinds:
            def make(target, module=module, name=name):
                kind = getattr(importlib.import_module("sktime." + module), name)
                model = kind()
                model.fit(series, fh=[1, 2]) if "forecasting" in module else model.fit(series)
                save(model, target)

            attempt(library, name + ".pkl", make)
    def zipped(target):
        from sktime.forecasting.naive import NaiveForecaster
        NaiveForecaster().fit(series, fh=[1]).save(target[:-4])
    attempt(library, "saved.zip", zipped)
    def pipe(target):
        from sktime.forecasting.compose import TransformedTargetForecaster
        from sktime.forecasting.naive import NaiveForecaster
        from sktime.transformations.series.detrend import Detrender
        save(TransformedTargetForecaster([("d", Detrender()), ("f", NaiveForecaster())]).fit(series, fh=[1]), target)
    attempt(library, "pipe.pkl", pipe)
    def panel(target):
        from sktime.classification.interval_based import TimeSeriesForestClassifier
        save(TimeSeriesForestClassifier(n_estimators=3).fit(np.random.rand(10, 1, 20), np.arange(10) % 2), target)
    attempt(library, "forest.pkl", panel)


@recipe("tsfresh")
def tsfresh(library):
    from tsfresh.transformers import RelevantFeatureAugmenter, FeatureSelector
    import pandas as pd
    x, y = data()
    attempt(library, "selector.pkl", lambda t: save(FeatureSelector().fit(pd.DataFrame(x), pd.Series(y)), t))
    attempt(library, "augmenter.pkl", lambda t: save(RelevantFeatureAugmenter(column_id="id"), t))


@recipe("lifelines")
def lifelines(library):
    import lifelines
    import numpy as np
    import pandas as pd
    x, y = data()
    times = x[:, 0] + 1
    for name in ("KaplanMeierFitter", "NelsonAalenFitter", "WeibullFitter", "ExponentialFitter", "LogNormalFitter", "LogLogisticFitter"):
        attempt(library, name + ".pkl", lambda t, n=name: save(getattr(lifelines, n)().fit(times, y), t))
    table = pd.DataFrame(x, columns=list("abcde")).assign(t=times, e=y)
    for name in ("CoxPHFitter", "WeibullAFTFitter", "LogNormalAFTFitter", "AalenAdditiveFitter"):
        attempt(library, name + ".joblib", lambda t, n=name: save(getattr(lifelines, n)(penalizer=0.1) .fit(table, "t", "e") if n == "CoxPHFitter" else getattr(lifelines, n)().fit(table, "t", "e"), t))


# --- clustering, projections, explanations, search --------------------------------------------------


@recipe("umap")
def umap(library):
    import umap
    attempt(library, "umap.pkl", lambda t: save(umap.UMAP(n_neighbors=5, n_epochs=5).fit(data()[0]), t))
    attempt(library, "umap.joblib", lambda t: save(umap.UMAP(n_neighbors=5, n_epochs=5, metric="cosine").fit(data()[0], data()[1]), t))


@recipe("hdbscan")
def hdbscan(library):
    import hdbscan
    attempt(library, "hdbscan.pkl", lambda t: save(hdbscan.HDBSCAN(min_cluster_size=3).fit(data()[0]), t))
    attempt(library, "prediction.joblib", lambda t: save(hdbscan.HDBSCAN(min_cluster_size=3, prediction_data=True, gen_min_span_tree=True).fit(data()[0]), t))


@recipe("pynndescent")
def pynndescent(library):
    import pynndescent
    attempt(library, "index.pkl", lambda t: save(pynndescent.NNDescent(data()[0], n_neighbors=5), t))


@recipe("shap")
def shap(library):
    import shap
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    x, y = data()
    forest = RandomForestClassifier(3).fit(x, y)
    attempt(library, "tree.pkl", lambda t: save(shap.TreeExplainer(forest), t))
    attempt(library, "linear.pkl", lambda t: save(shap.LinearExplainer(LogisticRegression().fit(x, y), x), t))
    attempt(library, "values.joblib", lambda t: save(shap.TreeExplainer(forest)(x), t))
    attempt(library, "kernel.pkl", lambda t: save(shap.KernelExplainer(forest.predict, x[:5]), t))
    def saved(target):
        with open(target, "wb") as out:
            shap.TreeExplainer(forest).save(out)
    attempt(library, "saved.shap", saved)


@recipe("optuna")
def optuna(library):
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    def study(sampler, pruner=None, **more):
        made = optuna.create_study(sampler=sampler, pruner=pruner, **more)
        return made
    samplers = optuna.samplers
    for name in ("TPESampler", "RandomSampler", "CmaEsSampler", "NSGAIISampler", "QMCSampler"):
        def make(target, name=name):
            made = study(getattr(samplers, name)())
            for value in (1.0, 2.0, 3.0):
                made.add_trial(optuna.trial.create_trial(params={"x": value}, distributions={"x": optuna.distributions.FloatDistribution(0, 5)}, value=value)) if hasattr(optuna.distributions, "FloatDistribution") else made.optimize(lambda t: t.suggest_uniform("x", 0, 1), n_trials=1)
            save(made, target)
        attempt(library, name + ".pkl", make)
    for name in ("MedianPruner", "HyperbandPruner", "SuccessiveHalvingPruner"):
        attempt(library, name + ".joblib", lambda t, n=name: save(study(samplers.RandomSampler(), getattr(optuna.pruners, n)()), t))
    def trials(target):
        made = study(samplers.RandomSampler(), directions=["minimize", "maximize"])
        made.optimize(lambda t: (t.suggest_float("x", 0, 1), t.suggest_int("n", 1, 3) + len(t.suggest_categorical("c", ["a", "bb"]))), n_trials=4)
        save((made, made.trials, made.best_trials), target)
    attempt(library, "trials.pkl", trials)


@recipe("hyperopt")
def hyperopt(library):
    import hyperopt
    def trials(target):
        made = hyperopt.Trials()
        import numpy as np
        hyperopt.fmin(lambda v: v ** 2, hyperopt.hp.uniform("x", -1, 1), hyperopt.tpe.suggest, 5, trials=made, show_progressbar=False, rstate=np.random.default_rng(0))
        save(made, target)
    attempt(library, "trials.pkl", trials)
    attempt(library, "space.pkl", lambda t: save({"a": hyperopt.hp.choice("a", [1, 2]), "b": hyperopt.hp.loguniform("b", 0, 1)}, t))


@recipe("bayes_opt")
def bayes_opt(library):
    import bayes_opt
    def make(target):
        made = bayes_opt.BayesianOptimization(None, {"x": (0, 1)}, random_state=1, verbose=0)
        made.register({"x": 0.5}, 1.0)
        save(made, target)
    attempt(library, "optimizer.pkl", make)


@recipe("deap")
def deap(library):
    import random
    from deap import base, tools
    logbook = tools.Logbook()
    logbook.record(gen=0, avg=1.0)
    attempt(library, "checkpoint.pkl", lambda t: save({"population": [[1, 2]], "generation": 1, "logbook": logbook, "rndstate": random.getstate(), "hof": tools.HallOfFame(2)}, t))
    attempt(library, "fitness.pkl", lambda t: save(tools.Statistics(), t))


@recipe("river")
def river(library):
    import river
    from river import (anomaly, cluster, compose, drift, ensemble, feature_extraction, forest, linear_model, metrics, naive_bayes,
                       neighbors, optim, preprocessing, stats, time_series, tree)
    makers = {
        "pipe": lambda: compose.Pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression(optimizer=optim.SGD(0.1))),
        "tree": tree.HoeffdingTreeClassifier, "adaptive": tree.HoeffdingAdaptiveTreeClassifier, "forest": lambda: forest.ARFClassifier(n_models=2),
        "nb": naive_bayes.GaussianNB, "knn": neighbors.KNNClassifier, "bagging": lambda: ensemble.BaggingClassifier(linear_model.LogisticRegression(), 2),
        "union": lambda: (compose.Select("a") + compose.Discard("a")) | preprocessing.MinMaxScaler() | linear_model.PAClassifier(),
    }
    for name, make in makers.items():
        def made(target, make=make):
            model = make()
            x, y = data()
            for row, label in zip(x, y):
                model.learn_one({"a": float(row[0]), "b": float(row[1])}, bool(label))
            save(model, target)
        attempt(library, name + ".pkl", made)
    for module in (stats, metrics, drift, anomaly, cluster, time_series, optim, preprocessing, feature_extraction):
        for name, kind in sorted(vars(module).items()):
            if inspect.isclass(kind) and not inspect.isabstract(kind):
                attempt(library, "%s-%s.pkl" % (module.__name__.split(".")[-1], name), lambda t, k=kind: save(k(), t))


@recipe("implicit")
def implicit(library):
    import scipy.sparse as sp
    matrix = sp.random(20, 15, 0.3, "csr", random_state=0)
    import implicit
    for name, make in {
        "als": lambda: implicit.als.AlternatingLeastSquares(4, iterations=2, use_gpu=False), "bpr": lambda: implicit.bpr.BayesianPersonalizedRanking(4, iterations=2, use_gpu=False),
        "cosine": lambda: implicit.nearest_neighbours.CosineRecommender(3), "bm25": lambda: implicit.nearest_neighbours.BM25Recommender(3), "lmf": lambda: implicit.lmf.LogisticMatrixFactorization(4, iterations=2),
    }.items():
        def made(target, make=make):
            model = make()
            model.fit(matrix, show_progress=False)
            save(model, target)
        attempt(library, name + ".pkl", made)


@recipe("surprise")
def surprise(library):
    import pandas as pd
    from surprise import Dataset, Reader
    import surprise
    ratings = pd.DataFrame({"u": [1, 1, 2, 2, 3, 3], "i": [1, 2, 1, 3, 2, 3], "r": [1, 2, 3, 4, 5, 1]})
    train = Dataset.load_from_df(ratings, Reader(rating_scale=(1, 5))).build_full_trainset()
    for name in ("SVD", "SVDpp", "NMF", "KNNBasic", "KNNWithMeans", "KNNBaseline", "BaselineOnly", "CoClustering", "SlopeOne", "NormalPredictor"):
        attempt(library, name + ".pkl", lambda t, n=name: save(getattr(surprise, n)().fit(train), t))
    attempt(library, "dump.surprise", lambda t: surprise.dump.dump(t, algo=surprise.SVD().fit(train), predictions=[surprise.Prediction(1, 2, 3.0, 3.5, {})]))


@recipe("lightfm")
def lightfm(library):
    import lightfm
    import scipy.sparse as sp
    attempt(library, "model.pkl", lambda t: save(lightfm.LightFM(4).fit(sp.random(10, 8, 0.3), epochs=1), t))


@recipe("pgmpy")
def pgmpy(library):
    from pgmpy.models import BayesianNetwork
    from pgmpy.factors.discrete import TabularCPD
    def make(target):
        model = BayesianNetwork([("a", "b")])
        model.add_cpds(TabularCPD("a", 2, [[0.4], [0.6]]), TabularCPD("b", 2, [[0.1, 0.2], [0.9, 0.8]], ["a"], [2]))
        save(model, target)
    attempt(library, "network.pkl", make)


# --- text -------------------------------------------------------------------------------------------


TEXTS = [["the", "cat", "sat"], ["a", "dog", "ran", "far"], ["the", "dog", "sat"]] * 5


@recipe("gensim")
def gensim(library):
    from gensim import corpora, models, similarities
    words = corpora.Dictionary(TEXTS)
    bags = [words.doc2bow(text) for text in TEXTS]
    makers = {
        "dictionary": lambda: words, "word2vec": lambda: models.Word2Vec(TEXTS, min_count=1), "keyed": lambda: models.Word2Vec(TEXTS, min_count=1).wv,
        "doc2vec": lambda: models.Doc2Vec([models.doc2vec.TaggedDocument(t, [i]) for i, t in enumerate(TEXTS)], min_count=1),
        "fasttext": lambda: models.FastText(TEXTS, min_count=1, bucket=50), "lda": lambda: models.LdaModel(bags, 2, words), "lsi": lambda: models.LsiModel(bags, words, 2),
        "tfidf": lambda: models.TfidfModel(bags), "hdp": lambda: models.HdpModel(bags, words), "phrases": lambda: models.Phrases(TEXTS, min_count=1),
        "phraser": lambda: models.phrases.Phraser(models.Phrases(TEXTS, min_count=1)), "index": lambda: similarities.MatrixSimilarity(bags, num_features=len(words)),
        "sparse-index": lambda: similarities.SparseMatrixSimilarity(bags, num_features=len(words)), "logentropy": lambda: models.LogEntropyModel(bags),
        "nmf": lambda: models.Nmf(bags, 2, words), "rp": lambda: models.RpModel(bags, 2), "multicore": lambda: models.LdaMulticore(bags, 2, words, workers=1),
    }
    for name, make in makers.items():
        attempt(library, name + ".model", lambda t, m=make: m().save(t))
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))


@recipe("nltk")
def nltk(library):
    import nltk
    from nltk.lm import MLE, Laplace, KneserNeyInterpolated
    from nltk.lm.preprocessing import padded_everygram_pipeline
    tagged = [[("the", "D"), ("cat", "N"), ("sat", "V")]] * 4
    features = [({"a": True}, "x"), ({"a": False}, "y")] * 4
    for kind in (MLE, Laplace):
        def make(target, kind=kind):
            model = kind(2)
            model.fit(*padded_everygram_pipeline(2, TEXTS))
            save(model, target)
        attempt(library, "lm-%s.pkl" % kind.__name__, make)
    makers = {
        "unigram": lambda: nltk.UnigramTagger(tagged), "bigram": lambda: nltk.BigramTagger(tagged, backoff=nltk.DefaultTagger("N")),
        "trigram": lambda: nltk.TrigramTagger(tagged), "regexp": lambda: nltk.RegexpTagger([(".*s", "N")]), "bayes": lambda: nltk.NaiveBayesClassifier.train(features),
        "tree": lambda: nltk.DecisionTreeClassifier.train(features), "maxent": lambda: nltk.MaxentClassifier.train(features, trace=0, max_iter=2),
        "punkt": lambda: nltk.tokenize.punkt.PunktSentenceTokenizer("A text. Another one."), "hmm": lambda: nltk.HiddenMarkovModelTagger.train(tagged),
        "freq": lambda: nltk.FreqDist("abc"), "cfd": lambda: nltk.ConditionalFreqDist([(1, 2)]), "tree-data": lambda: nltk.Tree("S", [nltk.Tree("N", ["a"])]),
        "porter": nltk.PorterStemmer, "snowball": lambda: nltk.SnowballStemmer("english"), "grammar": lambda: nltk.CFG.fromstring("S -> 'a'"),
        "perceptron": lambda: nltk.PerceptronTagger(load=False), "brill": lambda: nltk.BrillTaggerTrainer(nltk.UnigramTagger(tagged), nltk.tag.brill.fntbl37()).train(tagged, max_rules=2),
    }
    for name, make in makers.items():
        attempt(library, name + ".pickle", lambda t, m=make: save(m(), t))


@recipe("spacy")
def spacy(library):
    import spacy
    nlp = spacy.blank("en")
    attempt(library, "doc.pkl", lambda t: save(nlp("A small text."), t))
    attempt(library, "vocab.pkl", lambda t: save(nlp.vocab, t))
    attempt(library, "pipe.pkl", lambda t: save(nlp, t))
    attempt(library, "docbin.spacy", lambda t: importlib.import_module("spacy.tokens").DocBin(docs=[nlp("A text")]).to_disk(t))
    attempt(library, "strings.pkl", lambda t: save(nlp.vocab.strings, t))
    attempt(library, "entities.pkl", lambda t: save({"train": [("text", {"entities": [(0, 4, "X")]})], "labels": {"X"}}, t))


@recipe("textblob")
def textblob(library):
    from textblob.classifiers import NaiveBayesClassifier
    from textblob.tokenizers import WordTokenizer
    attempt(library, "tokenizer.pkl", lambda t: save(WordTokenizer(), t))


# --- tables, arrays, units, graphs, configurations --------------------------------------------------


@recipe("pandas")
def every_dtype(library):
    import numpy as np
    import pandas as pd
    columns = {
        "ints": [1, 2, 3], "floats": [1.0, None, 2.0], "text": ["a", "b", None], "bools": [True, False, True], "bytes": [b"a", b"b", None],
        "int8": np.array([1, 2, 3], "i1"), "uint16": np.array([1, 2, 3], "u2"), "float32": np.array([1, 2, 3], "f4"), "complex": np.array([1j, 2, 3]),
        "dates": pd.date_range("2024", periods=3), "zones": pd.date_range("2024", periods=3, tz="Europe/Paris"), "utc": pd.date_range("2024", periods=3, tz="UTC"),
        "offset": pd.date_range("2024", periods=3, tz="+02:00"), "deltas": pd.to_timedelta([1, 2, 3], unit="s"), "categories": pd.Categorical(["a", "b", "a"]),
        "ordered": pd.Categorical([1, 2, 1], ordered=True), "periods": pd.period_range("2024-01", periods=3, freq="M"), "quarters": pd.period_range("2024-01", periods=3, freq="Q-NOV"),
        "intervals": pd.interval_range(0, 3), "time-intervals": pd.interval_range(pd.Timestamp("2024"), periods=3), "objects": [{}, [], ()],
        "nested": [np.ones(2), np.zeros(3), None], "stamps": [pd.Timestamp("2024"), pd.NaT, None], "sets": [{1}, frozenset([2]), {3}],
        "decimals": [__import__("decimal").Decimal("1.5")] * 3, "uuids": [__import__("uuid").uuid4()] * 3, "python-dates": [datetime.date(2024, 1, 1)] * 3,
    }
    try:
        columns.update({
            "Int64": pd.array([1, None, 3], dtype="Int64"), "UInt8": pd.array([1, None, 3], dtype="UInt8"), "string": pd.array(["a", None, "b"], dtype="string"),
            "boolean": pd.array([True, None, False], dtype="boolean"), "sparse": pd.arrays.SparseArray([0, 0, 1]), "sparse-float": pd.arrays.SparseArray([np.nan, 0, 1.0]),
        })
        columns["Float64"] = pd.array([1, None, 3], dtype="Float64")
    except Exception:
        pass
    for kind in ("int64", "string", "timestamp[ns]", "timestamp[us, tz=UTC]", "date32", "list", "struct", "decimal", "dictionary", "bool", "duration[s]", "binary"):
        def arrow(kind=kind):
            import pyarrow as pa
            types = {"list": pa.list_(pa.int64()), "struct": pa.struct([("a", pa.int64())]), "decimal": pa.decimal128(5, 2), "dictionary": pa.dictionary(pa.int32(), pa.string()),
                     "int64": pa.int64(), "string": pa.string(), "timestamp[ns]": pa.timestamp("ns"), "timestamp[us, tz=UTC]": pa.timestamp("us", "UTC"), "date32": pa.date32(),
                     "bool": pa.bool_(), "duration[s]": pa.duration("s"), "binary": pa.binary()}
            return pd.array([None, None, None], dtype=pd.ArrowDtype(types[kind]))
        try:
            columns["arrow-" + kind.split("[")[0] + ("z" if "tz" in kind else "")] = arrow()
        except Exception:
            pass
    try:
        columns["string-pyarrow"] = pd.array(["a", None, "b"], dtype="string[pyarrow]")
    except Exception:
        pass
    for name, column in columns.items():
        attempt(library, "frame-%s.pkl" % name, lambda t, n=name, c=column: save(pd.DataFrame({n: c, "i": range(3)}), t))
        attempt(library, "index-%s.pkl" % name, lambda t, c=column: save(pd.Index(c), t))
        attempt(library, "series-%s.joblib" % name, lambda t, c=column: save(pd.Series(c), t))
    table = pd.DataFrame({"a": [1, 2, 1], "b": [1.0, 2.0, 3.0]})
    others = {
        "groupby": lambda: table.groupby("a"), "rolling": lambda: table.rolling(2), "attrs": lambda: (setattr(table, "attrs", {"x": 1}), table)[1],
        "offsets": lambda: [pd.offsets.MonthEnd(), pd.offsets.BDay(2), pd.offsets.Hour(3), pd.tseries.frequencies.to_offset("W-SUN"), pd.DateOffset(months=1), pd.offsets.QuarterEnd(startingMonth=2), pd.offsets.CustomBusinessDay()],
        "scalars": lambda: [pd.Timestamp("2024", tz="US/Eastern"), pd.Timedelta(1, "D"), pd.Period("2024-01", "M"), pd.Interval(0, 1), pd.NA, pd.NaT, pd.Timestamp("2024")],
        "dtypes": lambda: [pd.CategoricalDtype(["a"]), pd.Int64Dtype(), pd.StringDtype(), pd.DatetimeTZDtype("ns", "UTC"), pd.PeriodDtype("D"), pd.IntervalDtype("int64"), pd.SparseDtype(), pd.BooleanDtype()],
        "multi": lambda: pd.DataFrame(np.ones((4, 4)), pd.MultiIndex.from_product([[1, 2], ["a", "b"]]), pd.MultiIndex.from_product([["x"], list("abcd")])),
        "dict-of-frames": lambda: {"a": table, "b": table.a, "c": table.index, "d": table.columns, "e": table.iloc[0]}, "empty": pd.DataFrame,
        "holiday": lambda: importlib.import_module("pandas.tseries.holiday").USFederalHolidayCalendar(), "flags": lambda: table.set_flags(allows_duplicate_labels=False),
    }
    for name, make in others.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))
        attempt(library, name + ".pkl.gz", lambda t, m=make: pd.to_pickle(m(), t))
    attempt(library, "table.h5", lambda t: table.to_hdf(t, key="t", format="table"))
    attempt(library, "fixed.h5", lambda t: table.assign(s=["a", "b", "c"]).to_hdf(t, key="t"))
    attempt(library, "dates.h5", lambda t: pd.DataFrame({"v": 1.0}, pd.date_range("2024", periods=3, tz="Europe/Paris")).to_hdf(t, key="t", format="table"))
    attempt(library, "series.h5", lambda t: pd.Series([1, 2], name="x").to_hdf(t, key="deep/s"))


@recipe("numpy")
def arrays(library):
    import numpy as np
    values = {
        "structured": np.zeros(3, [("a", "f4"), ("b", "O"), ("c", "U3"), ("d", "M8[D]", (2,))]), "record": np.rec.array([(1, "a")], names="x,y"), "matrix": np.matrix([[1, 2]]),
        "chars": np.char.array(["a", "b"]), "masked-objects": np.ma.array([{}, None], mask=[0, 1], dtype=object), "void": np.zeros(2, "V3"), "big-endian": np.arange(3, dtype=">i4"),
        "objects": np.array([np.ones(2), "a", {"k": (1,)}], dtype=object), "longdouble": np.ones(2, np.longdouble), "scalars": [np.float32(1), np.int64(2), np.bool_(True), np.str_("x"), np.bytes_(b"x"), np.datetime64("2024-01-01", "ms"), np.timedelta64(3, "D"), np.complex64(1j)],
        "dtypes": [np.dtype("f4"), np.dtype([("a", "i4")]), np.dtype("M8[us]"), np.float32, np.int64, np.dtype(object)], "poly": np.poly1d([1, 2]), "legendre": np.polynomial.Legendre([1, 2]), "states": [np.random.get_state(), np.random.RandomState(1)],
        "ufuncs": [np.sin, np.add, np.log1p], "functions": [np.mean, np.sum, np.linalg.norm], "empty-array": np.empty((0, 3)), "zero-d": np.array(5), "errors": ValueError("x"),
        "bit-generators": [], "slices": [np.s_[1:2], np.index_exp[0]], "strided": np.arange(12).reshape(3, 4)[:, ::2],
    }
    for name in ("PCG64", "MT19937", "Philox", "SFC64", "PCG64DXSM"):
        if hasattr(np.random, name):
            values["bit-generators"] += [np.random.Generator(getattr(np.random, name)(1)), getattr(np.random, name)(2)]
    if hasattr(np.random, "SeedSequence"):
        values["seed"] = np.random.SeedSequence(5)
    for name, value in values.items():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            attempt(library, "%s.%d.pkl" % (name, protocol), lambda t, v=value, p=protocol: pickle.dump(v, open(t, "wb"), p))
        attempt(library, name + ".joblib", lambda t, v=value: save(v, t))
    attempt(library, "objects.npz", lambda t: np.savez(t, a=np.array([{}, 1], object), b=np.ones(3)))
    attempt(library, "pickled.npy", lambda t: np.save(t, {"a": np.ones(3), "b": "x"}, allow_pickle=True))


@recipe("scipy")
def scipy(library):
    import numpy as np
    from scipy import interpolate, sparse, spatial, stats, optimize, signal as signals
    x = np.linspace(0, 1, 10)
    y = x ** 2
    makers = {
        "interp1d": lambda: interpolate.interp1d(x, y), "cubic": lambda: interpolate.CubicSpline(x, y), "pchip": lambda: interpolate.PchipInterpolator(x, y), "univariate": lambda: interpolate.UnivariateSpline(x, y),
        "bspline": lambda: interpolate.make_interp_spline(x, y), "rbf": lambda: interpolate.RBFInterpolator(x[:, None], y), "grid": lambda: interpolate.RegularGridInterpolator((x, x), np.outer(y, y)), "nearest": lambda: interpolate.NearestNDInterpolator(np.random.rand(5, 2), np.arange(5)),
        "kdtree": lambda: spatial.cKDTree(np.random.rand(9, 2)), "kdtree2": lambda: spatial.KDTree(np.random.rand(9, 2)), "delaunay": lambda: spatial.Delaunay(np.random.rand(9, 2)), "hull": lambda: spatial.ConvexHull(np.random.rand(9, 2)), "rotation": lambda: spatial.transform.Rotation.identity(),
        "norm": lambda: stats.norm(0, 1), "gamma": lambda: stats.gamma(2), "kde": lambda: stats.gaussian_kde(y), "dist": lambda: stats.norm, "multi": lambda: stats.multivariate_normal([0, 0]), "poisson": lambda: stats.poisson(3), "ttest": lambda: stats.ttest_1samp(y, 0), "linregress": lambda: stats.linregress(x, y),
        "optimize": lambda: optimize.minimize(lambda v: (v ** 2).sum(), [1.0]), "linprog": lambda: optimize.linprog([1, 1]), "bounds": lambda: optimize.Bounds(0, 1), "lti": lambda: signals.lti([1], [1, 1]), "randint": lambda: stats.randint(0, 5), "uniform": lambda: {"C": stats.uniform(0, 1), "n": stats.loguniform(0.1, 1)},
    }
    for name in ("csr", "csc", "coo", "lil", "dok", "dia", "bsr"):
        makers["matrix-" + name] = lambda n=name: getattr(sparse, n + "_matrix")(np.eye(4))
        makers["array-" + name] = lambda n=name: getattr(sparse, n + "_array")(np.eye(4))
    for name, make in makers.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))
    attempt(library, "matrix.npz", lambda t: sparse.save_npz(t, sparse.csr_matrix(np.eye(3))))


@recipe("networkx")
def networkx(library):
    import networkx as nx
    for name, make in {
        "path": lambda: nx.path_graph(4), "di": lambda: nx.DiGraph([(1, 2)]), "multi": lambda: nx.MultiGraph([(1, 2), (1, 2)]), "multidi": lambda: nx.MultiDiGraph([(1, 2)]), "attributes": lambda: nx.Graph([(1, 2, {"weight": 3})], name="g"),
        "karate": nx.karate_club_graph, "view": lambda: nx.path_graph(4).subgraph([1, 2]), "tree": lambda: nx.balanced_tree(2, 2), "reverse": lambda: nx.DiGraph([(1, 2)]).reverse(copy=False), "views": lambda: [nx.path_graph(3).edges, nx.path_graph(3).nodes, nx.path_graph(3).adj, nx.path_graph(3).degree],
    }.items():
        attempt(library, name + ".gpickle", lambda t, m=make: save(m(), t))
        attempt(library, name + ".joblib", lambda t, m=make: save(m(), t))


@recipe("sympy")
def sympy(library):
    import sympy
    x, y = sympy.symbols("x y")
    for name, value in {
        "expr": x ** 2 + sympy.sin(y) * sympy.Rational(1, 3), "poly": sympy.Poly(x ** 2 + 1, x), "eq": sympy.Eq(x, y), "integral": sympy.Integral(x, (x, 0, 1)), "constants": [sympy.pi, sympy.oo, sympy.E, sympy.I, sympy.S.Half, sympy.nan, sympy.zoo],
        "sets": [sympy.Interval(0, 1), sympy.FiniteSet(1, 2), sympy.S.Reals], "piecewise": sympy.Piecewise((x, x > 0), (0, True)), "float": sympy.Float("1.5"), "logic": sympy.And(x > 1, y < 2), "sum": sympy.Sum(x, (x, 1, 3)), "derivative": sympy.Derivative(x ** 2, x), "tuple": sympy.Tuple(x, y),
        "dummy": sympy.Dummy("d"), "functions": [sympy.exp(x), sympy.log(y), sympy.Abs(x), sympy.Max(x, y), sympy.gamma(x), sympy.Heaviside(x)], "matrix": sympy.Matrix([[1, x]]), "immutable": sympy.ImmutableMatrix([[1, 2]]), "assume": sympy.Symbol("p", positive=True), "lambda": sympy.Lambda(x, x ** 2), "matrix-symbol": sympy.MatrixSymbol("A", 2, 2),
        "dict": {x: 1, y: 2}, "rational": sympy.Rational(22, 7),
    }.items():
        for protocol in (2, 4):
            attempt(library, "%s.%d.pkl" % (name, protocol), lambda t, v=value, p=protocol: pickle.dump(v, open(t, "wb"), p))


@recipe("xarray")
def xarray(library):
    import numpy as np
    import pandas as pd
    import xarray as xr
    array = xr.DataArray(np.ones((2, 3)), dims=("x", "t"), coords={"t": pd.date_range("2024", periods=3)}, attrs={"units": "K"})
    for name, make in {"array": lambda: array, "dataset": lambda: xr.Dataset({"a": array, "b": ("x", [1, 2])}), "variable": lambda: array.variable, "coords": lambda: array.coords, "multi": lambda: array.stack(z=("x", "t")), "index": lambda: array.indexes, "tree": lambda: xr.DataTree.from_dict({"/a": xr.Dataset({"v": array})})}.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))


@recipe("astropy")
def astropy(library):
    from astropy import coordinates, constants, cosmology, modeling, table, time, units as u, wcs
    import numpy as np
    for name, make in {
        "quantity": lambda: 3 * u.m / u.s, "array": lambda: np.arange(3) * u.kpc, "units": lambda: [u.m, u.Jy, u.mag, u.km / u.s, u.dimensionless_unscaled, u.deg], "time": lambda: time.Time("2024-01-01"), "sky": lambda: coordinates.SkyCoord(1 * u.deg, 2 * u.deg), "angle": lambda: coordinates.Angle("1d"),
        "table": lambda: table.Table({"a": [1, 2], "b": ["x", "y"]}), "qtable": lambda: table.QTable({"a": [1, 2] * u.m}), "gauss": lambda: modeling.models.Gaussian1D(1, 2, 3), "compound": lambda: modeling.models.Gaussian1D() + modeling.models.Const1D(), "constants": lambda: [constants.c, constants.G], "cosmology": lambda: cosmology.Planck18,
        "wcs": lambda: wcs.WCS(naxis=2), "delta": lambda: time.TimeDelta(3 * u.s), "frames": lambda: [coordinates.ICRS(), coordinates.Galactic()], "longitude": lambda: coordinates.Longitude(3 * u.deg), "masked-table": lambda: table.Table({"a": [1, 2]}, masked=True),
    }.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))


@recipe("polars")
def polars(library):
    import polars as pl
    for name, make in {
        "frame": lambda: pl.DataFrame({"a": [1, 2], "b": ["x", None]}), "series": lambda: pl.Series("a", [1.0, 2.0]), "lazy": lambda: pl.DataFrame({"a": [1]}).lazy().filter(pl.col("a") > 0), "expr": lambda: pl.col("a") + 1, "types": lambda: [pl.Int64, pl.Utf8, pl.Datetime("us"), pl.List(pl.Int8), pl.Categorical],
        "dates": lambda: pl.DataFrame({"d": [datetime.date(2024, 1, 1)], "l": [[1, 2]], "s": [{"a": 1}]}), "schema": lambda: pl.DataFrame({"a": [1]}).schema, "cat": lambda: pl.Series(["a", "b"], dtype=pl.Categorical),
    }.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))


@recipe("pyarrow")
def pyarrow(library):
    import pyarrow as pa
    for name, make in {
        "table": lambda: pa.table({"a": [1, 2], "b": ["x", None]}), "array": lambda: pa.array([1, None]), "strings": lambda: pa.array(["a"]), "lists": lambda: pa.array([[1], None]), "dictionary": lambda: pa.array(["a", "a"]).dictionary_encode(), "schema": lambda: pa.schema([("a", pa.int64()), pa.field("b", pa.string(), metadata={"x": "y"})]),
        "types": lambda: [pa.int8(), pa.timestamp("ns", "UTC"), pa.list_(pa.int64()), pa.struct([("a", pa.bool_())]), pa.decimal128(5, 2), pa.dictionary(pa.int8(), pa.string()), pa.large_string(), pa.map_(pa.string(), pa.int8()), pa.date32(), pa.binary(3)], "batch": lambda: pa.record_batch({"a": [1]}) if hasattr(pa, "record_batch") else None,
        "scalar": lambda: pa.scalar(1), "chunked": lambda: pa.chunked_array([[1], [2]]), "struct": lambda: pa.array([{"a": 1}]), "buffer": lambda: pa.py_buffer(b"abc"), "tensor": lambda: pa.Tensor.from_numpy(__import__("numpy").ones(3)),
    }.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))
    attempt(library, "table.feather", lambda t: importlib.import_module("pyarrow.feather").write_feather(pa.table({"a": [1]}), t))
    attempt(library, "table.parquet", lambda t: importlib.import_module("pyarrow.parquet").write_table(pa.table({"a": [1]}), t))


@recipe("dask")
def dask(library):
    import dask.array as da
    attempt(library, "array.pkl", lambda t: save(da.ones((4, 4), chunks=2), t))
    def table(target):
        import dask.dataframe as dd
        save(dd.from_pandas(frame()[["a", "b"]], npartitions=2), target)
    attempt(library, "frame.pkl", table)


@recipe("shapely")
def shapely(library):
    from shapely import geometry
    for name, make in {"point": lambda: geometry.Point(1, 2), "polygon": lambda: geometry.box(0, 0, 1, 1), "line": lambda: geometry.LineString([(0, 0), (1, 1)]), "multi": lambda: geometry.MultiPoint([(0, 0), (1, 1)]), "collection": lambda: geometry.GeometryCollection([geometry.Point(0, 0)]), "ring": lambda: geometry.LinearRing([(0, 0), (1, 0), (1, 1)]), "list": lambda: {"a": [geometry.Point(1, 2, 3)]}, "strtree": lambda: importlib.import_module("shapely").STRtree([geometry.Point(0, 0)]), "prepared": lambda: importlib.import_module("shapely.prepared").prep(geometry.Point(0, 0))}.items():
        attempt(library, name + ".pkl", lambda t, m=make: save(m(), t))


@recipe("geopandas")
def geopandas(library):
    import geopandas as gpd
    from shapely.geometry import Point
    table = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[Point(0, 0), Point(1, 1)], crs="EPSG:4326")
    attempt(library, "frame.pkl", lambda t: save(table, t))
    attempt(library, "frame2.pkl", lambda t: table.to_pickle(t))
    attempt(library, "series.joblib", lambda t: save(table.geometry, t))
    attempt(library, "bare.pkl", lambda t: save(gpd.GeoSeries([Point(0, 0)]), t))


@recipe("omegaconf")
def omegaconf(library):
    from omegaconf import OmegaConf
    config = OmegaConf.create({"lr": 0.1, "model": {"name": "x", "layers": [1, 2, {"a": None}]}, "path": "${model.name}/y", "flag": True, "missing": "???"})
    attempt(library, "dict.pkl", lambda t: save(config, t))
    attempt(library, "list.pkl", lambda t: save(OmegaConf.create([1, {"a": "b"}]), t))
    attempt(library, "struct.pkl", lambda t: (OmegaConf.set_struct(config, True), save({"cfg": config}, t)))
    attempt(library, "config.joblib", lambda t: save(config, t))
    attempt(library, "readonly.pkl", lambda t: (OmegaConf.set_readonly(config, True), save(config, t)))
    attempt(library, "config.yaml", lambda t: OmegaConf.save(config, t))


@recipe("easydict")
def easydict(library):
    from easydict import EasyDict
    attempt(library, "config.pkl", lambda t: save(EasyDict(a=1, b={"c": [1, {"d": 2}]}), t))


@recipe("box")
def box(library):
    import box
    attempt(library, "box.pkl", lambda t: save(box.Box(a=1, b={"c": [1, {"d": 2}]}), t))
    attempt(library, "config.pkl", lambda t: save(box.ConfigBox(a="1"), t))


@recipe("addict")
def addict(library):
    import addict
    attempt(library, "dict.pkl", lambda t: save(addict.Dict(a=1, b={"c": [1]}), t))


@recipe("munch")
def munch(library):
    import munch
    attempt(library, "munch.pkl", lambda t: save(munch.munchify({"a": 1, "b": {"c": [1]}}), t))


@recipe("pint")
def pint(library):
    import pint
    units = pint.UnitRegistry()
    pint.set_application_registry(units)
    attempt(library, "quantity.pkl", lambda t: save(3 * units.meter, t))
    attempt(library, "unit.pkl", lambda t: save(units.meter, t))


@recipe("sortedcontainers")
def sortedcontainers(library):
    import sortedcontainers as sc
    attempt(library, "all.pkl", lambda t: save([sc.SortedDict(a=1), sc.SortedList([2, 1]), sc.SortedSet([1])], t))


@recipe("ml_dtypes")
def ml_dtypes(library):
    import ml_dtypes
    import numpy as np
    attempt(library, "bfloat16.pkl", lambda t: save(np.ones(3, ml_dtypes.bfloat16), t))
    attempt(library, "float8.pkl", lambda t: save(np.ones(3, ml_dtypes.float8_e4m3fn), t))


@recipe("skops")
def skops(library):
    import skops.io
    from sklearn.ensemble import RandomForestClassifier
    attempt(library, "forest.skops", lambda t: skops.io.dump(RandomForestClassifier(3).fit(*data()), t))


@recipe("jsonpickle")
def jsonpickle(library):
    import jsonpickle
    attempt(library, "value.json", lambda t: open(t, "w").write(jsonpickle.encode({"a": datetime.date(2024, 1, 1), "b": {1, 2}, "c": (1, 2)})))


@recipe("h5py")
def h5py(library):
    import h5py
    import numpy as np
    def make(target):
        with h5py.File(target, "w") as opened:
            opened.create_dataset("a", data=np.ones((3, 3)), compression="gzip")
            opened.create_group("g").attrs["x"] = "text"
    attempt(library, "data.h5", make)


@recipe("dill")
def dill(library):
    import dill
    import numpy as np
    for name, value in {"data": {"a": [1, np.ones(3)]}, "builtin": [len, print, int], "np": np.mean, "module": np, "counter": collections.Counter("aa"), "range": range(3)}.items():
        attempt(library, name + ".dill", lambda t, v=value: dill.dump(v, open(t, "wb")))


@recipe("cloudpickle")
def cloudpickle(library):
    import cloudpickle
    import numpy as np
    for name, value in {"data": {"a": [1, np.ones(3)]}, "functions": [np.mean, len], "module": np, "types": [int, np.float32, datetime.datetime]}.items():
        attempt(library, name + ".pkl", lambda t, v=value: cloudpickle.dump(v, open(t, "wb")))


@recipe("mlflow")
def mlflow(library):
    from sklearn.linear_model import LogisticRegression
    import mlflow.sklearn
    import shutil
    def make(target):
        shutil.rmtree(target, ignore_errors=True)
        mlflow.sklearn.save_model(LogisticRegression().fit(*data()), target)
    attempt(library, "model", make)


# --- torch ------------------------------------------------------------------------------------------


def network():
    import torch
    return torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.BatchNorm1d(8), torch.nn.ReLU(), torch.nn.Dropout(0.1), torch.nn.Linear(8, 2))


@recipe("torch")
def optimizers(library):
    import torch
    model = network()
    for name, kind in sorted(vars(torch.optim).items()):
        if inspect.isclass(kind) and name not in ("Optimizer", "SparseAdam"):
            def make(target, kind=kind):
                used = kind([p for p in model.parameters() if p.dim() == 2 or kind.__name__ != "Muon"], lr=0.1)
                def closure():
                    used.zero_grad()
                    loss = model(torch.ones(3, 4)).sum()
                    loss.backward()
                    return loss
                used.step(closure)
                save(used if "whole" in target else used.state_dict(), target)
            attempt(library, "optim-%s.pt" % name, make)
            attempt(library, "optim-whole-%s.pt" % name, make)
    for name, kind in sorted(vars(torch.optim.lr_scheduler).items()):
        if inspect.isclass(kind) and name[0].isupper() and name not in ("Optimizer", "LRScheduler", "Counter", "Tensor"):
            def make(target, kind=kind):
                used = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
                arguments = {"StepLR": (2,), "MultiStepLR": ([1, 2],), "ExponentialLR": (0.9,), "CosineAnnealingLR": (5,), "CosineAnnealingWarmRestarts": (5,), "CyclicLR": (0.1, 0.2), "OneCycleLR": (0.1, 10), "ChainedScheduler": None, "SequentialLR": None}.get(kind.__name__, ())
                if kind.__name__ == "ChainedScheduler":
                    made = kind([torch.optim.lr_scheduler.StepLR(used, 2), torch.optim.lr_scheduler.ExponentialLR(used, 0.9)])
                elif kind.__name__ == "SequentialLR":
                    made = kind(used, [torch.optim.lr_scheduler.StepLR(used, 2), torch.optim.lr_scheduler.ExponentialLR(used, 0.9)], [1])
                else:
                    made = kind(used, *arguments)
                save({"scheduler": made.state_dict()} if "state" in target else made, target)
            attempt(library, "schedule-state-%s.pt" % name, make)
            attempt(library, "schedule-%s.pt" % name, make)


@recipe("torch")
def checkpoints(library):
    import argparse
    import enum
    import random
    import torch
    import numpy as np
    model = network()
    used = torch.optim.AdamW(model.parameters())
    base = {"model": model.state_dict(), "optimizer": used.state_dict(), "epoch": 3, "best": np.float64(0.5), "loss": torch.tensor(0.1)}
    more = {
        "namespace": {"args": argparse.Namespace(lr=0.1, path=pathlib.Path("a/b"), device=torch.device("cpu"), dtype=torch.float32, sizes=(1, 2), none=None)},
        "numpy": {"mean": np.ones(3), "std": np.float32(1), "history": collections.defaultdict(list, loss=[np.float32(0.1)]), "classes": np.array(["a", "b"])},
        "random": {"rng": torch.get_rng_state(), "numpy_rng": np.random.get_state(), "python_rng": random.getstate()}, "dates": {"time": datetime.datetime.now(), "delta": datetime.timedelta(1), "path": pathlib.PurePosixPath("x")},
        "scaler": {"scaler": {"scale": 65536.0, "growth_factor": 2.0}}, "ema": {"ema": collections.OrderedDict(model.state_dict()), "shape": torch.Size([1, 2])}, "set": {"labels": {"a", "b"}, "map": {0: "a"}, "frozen": frozenset([1]), "slice": slice(1, 2), "range": range(4), "complex": 1j, "bytes": b"x"},
        "counter": {"words": collections.Counter("aab"), "deque": collections.deque([1], 3)}, "frame": {}, "enum": {}, "compiled": {"_orig_mod.0.weight": torch.ones(2)},
    }
    try:
        import pandas as pd
        more["frame"] = {"log": frame(), "series": pd.Series([1.0])}
    except ImportError:
        pass
    try:
        import sklearn.preprocessing
        more["sklearn"] = {"scaler": sklearn.preprocessing.StandardScaler().fit(np.ones((3, 2))), "encoder": sklearn.preprocessing.LabelEncoder().fit(["a", "b"])}
    except ImportError:
        pass
    try:
        from omegaconf import OmegaConf
        more["omegaconf"] = {"cfg": OmegaConf.create({"model": {"d": 4}, "list": [1, 2]})}
    except ImportError:
        pass
    try:
        from easydict import EasyDict
        more["easydict"] = {"config": EasyDict(a=1, b={"c": 2})}
    except ImportError:
        pass
    for name, extra in more.items():
        attempt(library, "checkpoint-%s.pt" % name, lambda t, e=extra: torch.save({**base, **e}, t))
        attempt(library, "checkpoint-%s-legacy.pth" % name, lambda t, e=extra: torch.save({**base, **e}, t, _use_new_zipfile_serialization=False))
        attempt(library, "checkpoint-%s.pkl" % name, lambda t, e=extra: save({**base, **e}, t))
    tensors = {
        "nested": lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]), "coo": lambda: torch.eye(3).to_sparse(), "csr": lambda: torch.eye(3).to_sparse_csr(), "bsr": lambda: torch.eye(4).to_sparse_bsr((2, 2)), "quantized": lambda: torch.quantize_per_channel(torch.ones(2, 2), torch.ones(2), torch.zeros(2), 0, torch.qint8),
        "meta": lambda: torch.ones(2, device="meta"), "storage": lambda: torch.ones(3).storage(), "untyped": lambda: torch.ones(3).untyped_storage(), "generator": lambda: torch.Generator(), "grad": lambda: torch.ones(2, requires_grad=True), "buffer": lambda: torch.nn.Buffer(torch.ones(2)), "conj": lambda: torch.ones(2, dtype=torch.complex64).conj(),
        "packed": lambda: torch.nn.utils.rnn.pack_sequence([torch.ones(2, 1)]), "named": lambda: torch.ones(2, names=["a"]), "return-type": lambda: torch.max(torch.ones(2, 2), 0), "finfo": lambda: torch.iinfo(torch.int8), "memory-format": lambda: [torch.channels_last, torch.strided, torch.qint8, torch.per_tensor_affine], "functions": lambda: [torch.relu, torch.nn.functional.gelu, torch.tanh],
        "dataset": lambda: torch.utils.data.TensorDataset(torch.ones(3, 2), torch.zeros(3)), "subset": lambda: torch.utils.data.random_split(torch.utils.data.TensorDataset(torch.ones(4, 2)), [2, 2]), "loader": lambda: torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(4, 2)), 2), "distribution": lambda: torch.distributions.Normal(torch.zeros(2), torch.ones(2)), "categorical": lambda: torch.distributions.Categorical(torch.ones(3)),
        "scaler": lambda: torch.cuda.amp.GradScaler(enabled=False), "swa": lambda: torch.optim.swa_utils.AveragedModel(network()), "parallel": lambda: torch.nn.DataParallel(network()), "spectral": lambda: torch.nn.utils.parametrizations.spectral_norm(torch.nn.Linear(2, 2)), "weight-norm": lambda: torch.nn.utils.weight_norm(torch.nn.Linear(2, 2)), "pruned": lambda: (lambda m: (importlib.import_module("torch.nn.utils.prune").l1_unstructured(m, "weight", 1), m)[1])(torch.nn.Linear(3, 3)),
        "quantized-model": lambda: torch.ao.quantization.quantize_dynamic(network(), {torch.nn.Linear}), "quantized-state": lambda: torch.ao.quantization.quantize_dynamic(network(), {torch.nn.Linear}).state_dict(), "fx": lambda: torch.fx.symbolic_trace(network()), "compiled": lambda: torch.compile(network()).state_dict(),
    }
    for name, make in tensors.items():
        attempt(library, "tensor-%s.pt" % name, lambda t, m=make: torch.save(m(), t))
        attempt(library, "tensor-%s.pkl" % name, lambda t, m=make: save(m(), t))
    attempt(library, "exported.pt2", lambda t: torch.export.save(torch.export.export(network().eval(), (torch.ones(2, 4),)), t))
    def distributed(target):
        import torch.distributed.checkpoint as dcp
        dcp.save({"a": torch.ones(3), "step": 1}, checkpoint_id=target)
    attempt(library, "dcp", distributed)
    def optimized(target):
        traced = torch.jit.freeze(torch.jit.trace(network().eval(), torch.ones(1, 4)))
        torch.jit.save(traced, target)
    attempt(library, "frozen.pt", optimized)


@recipe("torch")
def modules(library):
    import torch
    arguments = {
        "Linear": (3, 4), "Bilinear": (2, 3, 4), "Conv1d": (2, 3, 3), "Conv2d": (2, 3, 3), "Conv3d": (2, 3, 3), "ConvTranspose1d": (2, 3, 3), "ConvTranspose2d": (2, 3, 3), "ConvTranspose3d": (2, 3, 3), "RNN": (3, 4), "LSTM": (3, 4), "GRU": (3, 4), "RNNCell": (3, 4), "LSTMCell": (3, 4), "GRUCell": (3, 4), "Transformer": (8, 2, 1, 1, 16), "TransformerEncoderLayer": (8, 2, 16), "TransformerDecoderLayer": (8, 2, 16), "MultiheadAttention": (8, 2), "Embedding": (5, 3), "EmbeddingBag": (5, 3), "LayerNorm": (4,), "GroupNorm": (2, 4), "LocalResponseNorm": (2,), "RMSNorm": (4,), "PixelShuffle": (2,), "PixelUnshuffle": (2,), "Unflatten": (1, (2, 2)), "Threshold": (0.1, 1), "CrossMapLRN2d": (2,), "ChannelShuffle": (2,), "Fold": ((4, 4), 2), "Unfold": (2,), "AdaptiveLogSoftmaxWithLoss": (4, 10, [2, 5]), "FractionalMaxPool2d": (2, 2), "UpsamplingNearest2d": (None, 2), "Upsample": (None, 2), "LPPool1d": (2, 2), "LPPool2d": (2, 2), "ParameterList": ([],), "ModuleDict": ({},), "ModuleList": ([],),
    }
    for name, kind in sorted(vars(torch.nn).items()):
        if inspect.isclass(kind) and issubclass(kind, torch.nn.Module) and name not in ("Module", "Container"):
            def make(target, name=name, kind=kind):
                given = arguments.get(name)
                if given is None:
                    for guess in ((), (2,), (4,)):
                        try:
                            made = kind(*guess)
                            break
                        except TypeError:
                            continue
                else:
                    made = kind(*given)
                save(made, target)
            attempt(library, "nn-%s.pt" % name, make)


@recipe("transformers")
def transformers(library):
    import torch
    import transformers
    for number, optimizer in enumerate(["adamw_torch", "sgd", "adafactor"]):
        attempt(library, "training_args-%s.bin" % optimizer, lambda t, o=optimizer: torch.save(transformers.TrainingArguments("out", optim=o, report_to=[]), t))
    attempt(library, "seq2seq_args.bin", lambda t: torch.save(transformers.Seq2SeqTrainingArguments("out", predict_with_generate=True, report_to=[], generation_config=None), t))
    attempt(library, "fsdp_args.bin", lambda t: torch.save(transformers.TrainingArguments("out", report_to=[], fsdp="", lr_scheduler_type="cosine", save_strategy="epoch", evaluation_strategy="epoch"), t))
    small = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8, "vocab_size": 20}
    for name, kind, options in [
        ("bert", "BertModel", small), ("bert-class", "BertForSequenceClassification", small), ("roberta", "RobertaModel", small), ("distilbert", "DistilBertModel", {"dim": 8, "n_layers": 1, "n_heads": 2, "hidden_dim": 8, "vocab_size": 20}), ("gpt2", "GPT2LMHeadModel", {"n_embd": 8, "n_layer": 1, "n_head": 2, "vocab_size": 20}), ("t5", "T5ForConditionalGeneration", {"d_model": 8, "num_layers": 1, "num_heads": 2, "d_ff": 8, "d_kv": 4, "vocab_size": 20}), ("llama", "LlamaForCausalLM", small), ("vit", "ViTModel", {**small, "image_size": 8, "patch_size": 4}), ("whisper", "WhisperModel", {"d_model": 8, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8, "vocab_size": 20, "pad_token_id": 1}), ("clip", "CLIPModel", {}), ("electra", "ElectraModel", {**small, "embedding_size": 8}), ("deberta", "DebertaV2Model", small), ("mistral", "MistralForCausalLM", {**small, "num_key_value_heads": 1}), ("wav2vec2", "Wav2Vec2Model", {**small, "conv_dim": (8,), "conv_kernel": (3,), "conv_stride": (2,), "num_feat_extract_layers": 1, "num_conv_pos_embedding_groups": 2, "feat_extract_norm": "layer"}), ("qwen2", "Qwen2ForCausalLM", {**small, "num_key_value_heads": 1}), ("bart", "BartModel", {"d_model": 8, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8, "vocab_size": 20}),
    ]:
        def make(target, kind=kind, options=options):
            if kind == "CLIPModel":
                config = transformers.CLIPConfig(text_config={**small}, vision_config={**small, "image_size": 8, "patch_size": 4})
            else:
                config = getattr(transformers, kind).config_class(**options)
            model = getattr(transformers, kind)(config)
            if "state" in target:
                torch.save(model.state_dict(), target)
            elif "config" in target:
                save(config, target)
            else:
                torch.save(model, target)
        for ending in ("%s.pt", "%s-state.bin", "%s-config.pkl"):
            attempt(library, ending % name, make)
    def tokenizer(target):
        vocabulary = FOLDER / "vocab.txt"
        vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"]))
        kind = transformers.BertTokenizerFast if "fast" in target else transformers.BertTokenizer
        save(kind(str(vocabulary)), target)
    attempt(library, "tokenizer.pkl", tokenizer)
    attempt(library, "tokenizer-fast.pkl", tokenizer)
    attempt(library, "output.pkl", lambda t: save(transformers.modeling_outputs.BaseModelOutput(last_hidden_state=torch.ones(1, 2, 3)), t))
    attempt(library, "encoding.pkl", lambda t: save(transformers.BatchEncoding({"input_ids": [[1, 2]]}), t))
    attempt(library, "generation.pkl", lambda t: save(transformers.GenerationConfig(), t))
    attempt(library, "trainer-state.pt", lambda t: torch.save(transformers.TrainerState(), t))
    attempt(library, "schedule.pt", lambda t: torch.save(transformers.get_linear_schedule_with_warmup(torch.optim.SGD(network().parameters(), 0.1), 1, 5).state_dict(), t))
    attempt(library, "schedule-whole.pt", lambda t: torch.save(transformers.get_cosine_schedule_with_warmup(torch.optim.SGD(network().parameters(), 0.1), 1, 5), t))
    attempt(library, "image-processor.pkl", lambda t: save(transformers.ViTImageProcessor(), t))
    attempt(library, "cache.pt", lambda t: torch.save(transformers.DynamicCache(), t))
    attempt(library, "prediction.pkl", lambda t: save(transformers.trainer_utils.PredictionOutput(None, None, {"a": 1.0}), t))
    attempt(library, "quant.pkl", lambda t: save(transformers.BitsAndBytesConfig(load_in_8bit=True), t))


@recipe("tokenizers")
def tokenizers(library):
    import tokenizers
    def make(target):
        made = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="?"))
        made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
        made.decoder = tokenizers.decoders.BPEDecoder()
        save(made, target)
    attempt(library, "bpe.pkl", make)
    attempt(library, "parts.pkl", lambda t: save([tokenizers.models.WordPiece(unk_token="?"), tokenizers.normalizers.Lowercase(), tokenizers.pre_tokenizers.ByteLevel(), tokenizers.AddedToken("x"), tokenizers.processors.TemplateProcessing("$A", special_tokens=[])], t))


@recipe("peft")
def peft(library):
    import peft
    import torch
    import transformers
    def model(kind):
        base = transformers.BertModel(transformers.BertConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=20))
        return peft.get_peft_model(base, kind)
    for name, make in {"lora": lambda: peft.LoraConfig(r=2, target_modules=["query"]), "ia3": lambda: peft.IA3Config(target_modules=["key"], feedforward_modules=[]), "loha": lambda: peft.LoHaConfig(r=2, target_modules=["query"]), "adalora": lambda: peft.AdaLoraConfig(target_modules=["query"], total_step=10)}.items():
        attempt(library, name + "-config.pkl", lambda t, m=make: save(m(), t))
        attempt(library, name + ".pt", lambda t, m=make: torch.save(model(m()), t))
        attempt(library, name + "-adapter.bin", lambda t, m=make: torch.save(peft.get_peft_model_state_dict(model(m())), t))


@recipe("accelerate")
def accelerate(library):
    import accelerate
    import torch
    attempt(library, "config.pkl", lambda t: save(accelerate.utils.DataLoaderConfiguration(), t))
    attempt(library, "project.pkl", lambda t: save(accelerate.utils.ProjectConfiguration("x"), t))
    def state(target):
        worker = accelerate.Accelerator(cpu=True)
        model, used = worker.prepare(network(), torch.optim.AdamW(network().parameters()))
        worker.save_state(target, safe_serialization=False)
    attempt(library, "state", state)
    attempt(library, "optimizer.pt", lambda t: torch.save(accelerate.Accelerator(cpu=True).prepare(torch.optim.AdamW(network().parameters())), t))
    attempt(library, "gathered.pt", lambda t: torch.save(accelerate.Accelerator(cpu=True).unwrap_model(network()), t))


def lightning_of(library, package):
    import torch
    pl = importlib.import_module(package)
    class_of = importlib.import_module(package + ".demos.boring_classes")
    callbacks = pl.callbacks
    def make(target):
        trainer = pl.Trainer(max_epochs=1, limit_train_batches=2, limit_val_batches=1, accelerator="cpu", logger=False, enable_progress_bar=False, enable_model_summary=False, default_root_dir=str(FOLDER), enable_checkpointing=True, callbacks=[callbacks.ModelCheckpoint(dirpath=str(FOLDER / "x"), monitor=None), callbacks.EarlyStopping("train_loss", strict=False, check_on_train_epoch_end=False), callbacks.StochasticWeightAveraging(0.1)])
        trainer.fit(class_of.BoringModel())
        trainer.save_checkpoint(target)
    attempt(library, "fitted.ckpt", make)
    attempt(library, "module.pt", lambda t: torch.save(class_of.BoringModel(), t))
    attempt(library, "callbacks.pkl", lambda t: save([callbacks.EarlyStopping("a"), callbacks.ModelCheckpoint(), callbacks.LearningRateMonitor(), callbacks.StochasticWeightAveraging(0.1), callbacks.GradientAccumulationScheduler({0: 1})], t))
    attempt(library, "attributes.ckpt", lambda t: torch.save({"state_dict": network().state_dict(), "hyper_parameters": (lambda u: u({"lr": 0.1, "path": pathlib.Path("x")}))(importlib.import_module(package + ".utilities.parsing").AttributeDict), "hparams_name": "kwargs", "epoch": 1, "pytorch-lightning_version": "1", "callbacks": {callbacks.EarlyStopping: {"wait_count": 0, "best_score": torch.tensor(1.0)}}}, t))


@recipe("pytorch_lightning")
def pytorch_lightning(library):
    lightning_of(library, "pytorch_lightning")


@recipe("lightning")
def lightning(library):
    lightning_of(library, "lightning.pytorch")


@recipe("torchvision")
def torchvision(library):
    import torch
    import torchvision
    for name in ("resnet18", "mobilenet_v2", "squeezenet1_1", "shufflenet_v2_x0_5", "densenet121", "mnasnet0_5", "googlenet", "efficientnet_b0", "mobilenet_v3_small", "regnet_y_400mf"):
        def make(target, name=name):
            model = getattr(torchvision.models, name)(**({"init_weights": False} if name == "googlenet" else {}))
            for p in model.parameters():
                p.data = p.data[:1].clone()
            torch.save(model, target)
        attempt(library, name + ".pt", make)
    t_ = torchvision.transforms
    attempt(library, "transforms.pt", lambda t: torch.save(t_.Compose([t_.Resize(8), t_.CenterCrop(4), t_.RandomHorizontalFlip(), t_.ToTensor(), t_.Normalize([0.5], [0.5]), t_.ColorJitter(0.1), t_.RandomRotation(5), t_.ToPILImage(), t_.RandomResizedCrop(4), t_.Grayscale()]), t))
    attempt(library, "v2.pt", lambda t: torch.save(importlib.import_module("torchvision.transforms.v2").Compose([importlib.import_module("torchvision.transforms.v2").RandomCrop(3)]), t))
    attempt(library, "box.pt", lambda t: torch.save(importlib.import_module("torchvision.tv_tensors").Image(torch.ones(3, 2, 2)), t))
    attempt(library, "detector.pt", lambda t: torch.save(torchvision.ops.FeaturePyramidNetwork([2, 3], 4), t))


@recipe("timm")
def timm(library):
    import timm
    import torch
    for name in ("resnet10t", "vit_tiny_patch16_224", "mobilenetv3_small_050", "efficientnet_lite0", "convnext_atto", "regnetx_002", "mixer_s32_224", "ghostnet_050", "swin_tiny_patch4_window7_224", "deit_tiny_patch16_224", "levit_128s", "edgenext_xx_small", "mobilevit_xxs", "repvgg_a0", "tf_efficientnet_lite0", "poolformer_s12", "lcnet_035", "res2net50_14w_8s", "hrnet_w18_small", "dla34", "vovnet39a", "eva02_tiny_patch14_224", "beit_base_patch16_224"):
        def make(target, name=name):
            model = timm.create_model(name)
            for p in model.parameters():
                p.data = p.data.flatten()[:1].clone()
            torch.save(model, target)
        attempt(library, name + ".pt", make)
    attempt(library, "ema.pt", lambda t: torch.save(timm.utils.ModelEma(network()), t))
    attempt(library, "scheduler.pt", lambda t: torch.save(timm.scheduler.CosineLRScheduler(torch.optim.SGD(network().parameters(), 0.1), 5), t))
    attempt(library, "loss.pt", lambda t: torch.save([timm.loss.LabelSmoothingCrossEntropy(), timm.loss.SoftTargetCrossEntropy()], t))
    attempt(library, "transform.pt", lambda t: torch.save(timm.data.create_transform(32, is_training=True, auto_augment="rand-m9-mstd0.5"), t))
    def optimizers(target):
        torch.save(timm.optim.create_optimizer_v2(network(), "adamp", 0.1), target)
    attempt(library, "optimizer.pt", optimizers)


@recipe("diffusers")
def diffusers(library):
    import diffusers
    import torch
    for name, kind in sorted(vars(diffusers.schedulers).items() if hasattr(diffusers, "schedulers") else []):
        if inspect.isclass(kind) and "Scheduler" in name and "Flax" not in name:
            attempt(library, "scheduler-%s.pkl" % name, lambda t, k=kind: save(k(), t))
    attempt(library, "unet.pt", lambda t: torch.save(diffusers.UNet2DModel(8, 3, 3, block_out_channels=(4, 4), norm_num_groups=2, layers_per_block=1, down_block_types=("DownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "UpBlock2D"), attention_head_dim=2), t))
    attempt(library, "vae.pt", lambda t: torch.save(diffusers.AutoencoderKL(block_out_channels=(4,), norm_num_groups=2), t))
    attempt(library, "ema.pt", lambda t: torch.save(importlib.import_module("diffusers.training_utils").EMAModel(network().parameters()).state_dict(), t))
    attempt(library, "output.pkl", lambda t: save(diffusers.utils.BaseOutput(), t))


@recipe("sentence_transformers")
def sentence_transformers(library):
    import sentence_transformers as st
    import torch
    m = st.models
    attempt(library, "pooling.pt", lambda t: torch.save(m.Pooling(8), t))
    attempt(library, "dense.pt", lambda t: torch.save(m.Dense(8, 4), t))
    attempt(library, "model.pt", lambda t: torch.save(st.SentenceTransformer(modules=[m.BoW(["a", "b"])]), t))
    attempt(library, "examples.pkl", lambda t: save([st.InputExample(texts=["a", "b"], label=0.5)], t))
    attempt(library, "normalize.pkl", lambda t: save(m.Normalize(), t))


@recipe("stable_baselines3")
def stable_baselines3(library):
    import stable_baselines3 as sb3
    for name in ("PPO", "A2C", "DQN"):
        attempt(library, name + ".zip", lambda t, n=name: getattr(sb3, n)("MlpPolicy", "CartPole-v1", device="cpu").save(t))
    for name in ("SAC", "TD3", "DDPG"):
        attempt(library, name + ".zip", lambda t, n=name: getattr(sb3, n)("MlpPolicy", "Pendulum-v1", device="cpu", buffer_size=100).save(t))
    def buffer(target):
        model = sb3.DQN("MlpPolicy", "CartPole-v1", device="cpu", buffer_size=50)
        model.save_replay_buffer(target)
    attempt(library, "buffer.pkl", buffer)
    def normalize(target):
        from stable_baselines3.common.env_util import make_vec_env
        from stable_baselines3.common.vec_env import VecNormalize
        VecNormalize(make_vec_env("CartPole-v1")).save(target)
    attempt(library, "vecnormalize.pkl", normalize)
    attempt(library, "policy.pt", lambda t: sb3.PPO("MlpPolicy", "CartPole-v1", device="cpu").policy.save(t))


@recipe("gymnasium")
def gymnasium(library):
    from gymnasium import spaces
    import numpy as np
    attempt(library, "spaces.pkl", lambda t: save([spaces.Box(0, 1, (2,)), spaces.Discrete(3), spaces.MultiDiscrete([2, 3]), spaces.Dict(a=spaces.MultiBinary(2)), spaces.Tuple([spaces.Discrete(2)]), spaces.Text(4)], t))


@recipe("skorch")
def skorch(library):
    import skorch
    import torch
    import numpy as np
    x, y = np.random.rand(20, 4).astype("f4"), np.arange(20) % 2
    def net(**more):
        return skorch.NeuralNetClassifier(network(), max_epochs=1, criterion=torch.nn.CrossEntropyLoss, verbose=0, **more).fit(x, y)
    attempt(library, "net.pkl", lambda t: save(net(), t))
    attempt(library, "early.joblib", lambda t: save(net(callbacks=[skorch.callbacks.EarlyStopping(), skorch.callbacks.LRScheduler(), skorch.callbacks.EpochScoring("accuracy")]), t))
    attempt(library, "params.pt", lambda t: net().save_params(f_params=t))
    attempt(library, "optimizer.pt", lambda t: net().save_params(f_optimizer=t))


@recipe("torch_geometric")
def torch_geometric(library):
    import torch
    import torch_geometric as pyg
    from torch_geometric.data import Batch, Data, HeteroData
    graph = Data(x=torch.ones(3, 2), edge_index=torch.tensor([[0, 1], [1, 2]]), y=torch.zeros(3))
    hetero = HeteroData()
    hetero["a"].x = torch.ones(2, 2)
    hetero["a", "to", "a"].edge_index = torch.tensor([[0], [1]])
    attempt(library, "data.pt", lambda t: torch.save(graph, t))
    attempt(library, "list.pt", lambda t: torch.save([graph, graph.clone()], t))
    attempt(library, "batch.pt", lambda t: torch.save(Batch.from_data_list([graph, graph]), t))
    attempt(library, "hetero.pt", lambda t: torch.save(hetero, t))
    attempt(library, "processed.pt", lambda t: torch.save(pyg.data.InMemoryDataset.collate([graph, graph]), t))
    for name in ("GCN", "GAT", "GraphSAGE", "GIN"):
        attempt(library, name + ".pt", lambda t, n=name: torch.save(getattr(pyg.nn, n)(2, 4, 2), t))
    for name, arguments in {"GCNConv": (2, 3), "GATConv": (2, 3), "SAGEConv": (2, 3), "GATv2Conv": (2, 3), "TransformerConv": (2, 3), "ChebConv": (2, 3, 2), "TopKPooling": (2,)}.items():
        attempt(library, name + ".pt", lambda t, n=name, a=arguments: torch.save(getattr(pyg.nn, n)(*a), t))
    attempt(library, "transforms.pt", lambda t: torch.save(pyg.transforms.Compose([pyg.transforms.NormalizeFeatures(), pyg.transforms.ToUndirected(), pyg.transforms.AddSelfLoops()]), t))
    attempt(library, "temporal.pt", lambda t: torch.save(pyg.data.TemporalData(src=torch.tensor([0]), dst=torch.tensor([1]), t=torch.tensor([0])), t))


@recipe("torchmetrics")
def torchmetrics(library):
    import torch
    import torchmetrics
    attempt(library, "collection.pt", lambda t: torch.save(torchmetrics.MetricCollection([torchmetrics.MeanMetric(), torchmetrics.MeanSquaredError()]), t))
    attempt(library, "accuracy.pkl", lambda t: save(torchmetrics.Accuracy(task="binary"), t))
    attempt(library, "f1.pt", lambda t: torch.save(torchmetrics.F1Score(task="multiclass", num_classes=3), t))


@recipe("monai")
def monai(library):
    import monai
    import torch
    attempt(library, "unet.pt", lambda t: torch.save(monai.networks.nets.UNet(2, 1, 1, (2, 4), (2,)), t))
    attempt(library, "densenet.pt", lambda t: torch.save(monai.networks.nets.BasicUNet(2, 1, 1, (2, 2, 2, 2, 2, 2)), t))
    attempt(library, "loss.pt", lambda t: torch.save(monai.losses.DiceLoss(), t))
    attempt(library, "metatensor.pt", lambda t: torch.save(monai.data.MetaTensor(torch.ones(1, 2, 2)), t))
    attempt(library, "transforms.pkl", lambda t: save(monai.transforms.Compose([monai.transforms.ScaleIntensity(), monai.transforms.RandFlip()]), t))


@recipe("gpytorch")
def gpytorch(library):
    import gpytorch
    import torch
    attempt(library, "kernel.pt", lambda t: torch.save(gpytorch.kernels.ScaleKernel(gpytorch.kernels.RBFKernel()), t))
    attempt(library, "likelihood.pt", lambda t: torch.save(gpytorch.likelihoods.GaussianLikelihood(), t))
    attempt(library, "state.pth", lambda t: torch.save(gpytorch.likelihoods.GaussianLikelihood().state_dict(), t))


@recipe("botorch")
def botorch(library):
    import botorch
    import torch
    attempt(library, "gp.pt", lambda t: torch.save(botorch.models.SingleTaskGP(torch.rand(5, 2, dtype=torch.double), torch.rand(5, 1, dtype=torch.double)), t))


@recipe("pytorch_tabnet")
def pytorch_tabnet(library):
    from pytorch_tabnet.tab_model import TabNetClassifier
    import numpy as np
    def make(target):
        model = TabNetClassifier(verbose=0)
        x, y = data()
        model.fit(x, y, max_epochs=1, batch_size=32, virtual_batch_size=16)
        model.save_model(target[:-4]) if target.endswith(".zip") else save(model, target)
    attempt(library, "saved.zip", make)
    attempt(library, "model.pkl", make)


@recipe("ultralytics")
def ultralytics(library):
    import torch
    import ultralytics
    for name in ("yolov8n.yaml", "yolov8n-seg.yaml", "yolov8n-cls.yaml", "yolov5n.yaml", "yolo11n.yaml", "yolov8n-pose.yaml", "yolov8n-obb.yaml", "yolov10n.yaml", "rtdetr-l.yaml"):
        def make(target, name=name):
            model = (ultralytics.RTDETR if "rtdetr" in name else ultralytics.YOLO)(name)
            for p in model.model.parameters():
                p.data = p.data.flatten()[:1].half()
            torch.save({"epoch": 1, "best_fitness": None, "model": model.model, "ema": None, "updates": None, "optimizer": None, "train_args": {"imgsz": 64}, "train_metrics": {"a": 0.1}, "train_results": {"epoch": [1.0]}, "date": datetime.datetime.now().isoformat(), "version": ultralytics.__version__}, target)
        attempt(library, name[:-5] + ".pt", make)
    attempt(library, "results.pt", lambda t: torch.save(importlib.import_module("ultralytics.engine.results").Boxes(torch.ones(1, 6), (4, 4)), t))


@recipe("fastai")
def fastai(library):
    from fastai.tabular.all import Categorify, CategoryBlock, FillMissing, Normalize, TabularDataLoaders, TabularPandas, tabular_learner
    import torch
    table = frame().assign(y=data()[1])[["a", "b", "c", "y"]]
    def learner():
        loaders = TabularDataLoaders.from_df(table, procs=[Categorify, FillMissing, Normalize], cat_names=["c"], cont_names=["a", "b"], y_names="y", y_block=CategoryBlock(), bs=16)
        return tabular_learner(loaders, layers=[4])
    attempt(library, "export.pkl", lambda t: learner().export(t))
    def saved(target):
        made = learner()
        made.path = FOLDER
        made.model_dir = "."
        torch.save(made.model, target)
    attempt(library, "model.pth", saved)
    def state(target):
        from fastai.learner import save_model
        made = learner()
        made.create_opt()
        save_model(target, made.model, made.opt)
    attempt(library, "state.pth", state)
    attempt(library, "vocab.pkl", lambda t: save(learner().dls.vocab, t))


@recipe("kornia")
def kornia(library):
    import kornia
    import torch
    attempt(library, "augment.pt", lambda t: torch.save(torch.nn.Sequential(kornia.augmentation.RandomHorizontalFlip(), kornia.filters.GaussianBlur2d((3, 3), (1.0, 1.0))), t))


@recipe("segmentation_models_pytorch")
def segmentation(library):
    import segmentation_models_pytorch as smp
    import torch
    for name in ("Unet", "FPN", "DeepLabV3Plus"):
        def make(target, name=name):
            model = getattr(smp, name)("resnet18", encoder_weights=None)
            for p in model.parameters():
                p.data = p.data.flatten()[:1].clone()
            torch.save(model, target)
        attempt(library, name + ".pt", make)
    attempt(library, "loss.pt", lambda t: torch.save(smp.losses.DiceLoss("binary"), t))


@recipe("open_clip")
def open_clip(library):
    import open_clip
    import torch
    attempt(library, "text.pt", lambda t: torch.save(open_clip.transformer.TextTransformer(8, 20, 8, 2, 1), t))


@recipe("torch_optimizer")
def torch_optimizer(library):
    import torch
    import torch_optimizer
    for name in ("RAdam", "Lamb", "AdaBound", "Lookahead", "Ranger", "NovoGrad"):
        def make(target, name=name):
            parameters = network().parameters()
            used = torch_optimizer.Lookahead(torch.optim.SGD(parameters, 0.1)) if name == "Lookahead" else getattr(torch_optimizer, name)(parameters)
            save(used, target)
        attempt(library, name + ".pt", make)


@recipe("captum")
def captum(library):
    import captum.attr
    import torch
    attempt(library, "ig.pt", lambda t: torch.save(captum.attr.IntegratedGradients(network()), t))


@recipe("tensordict")
def tensordict(library):
    import tensordict
    import torch
    attempt(library, "dict.pt", lambda t: torch.save(tensordict.TensorDict({"a": torch.ones(3)}, [3]), t))


@recipe("pytorch_metric_learning")
def metric_learning(library):
    from pytorch_metric_learning import losses, miners
    import torch
    attempt(library, "loss.pt", lambda t: torch.save([losses.TripletMarginLoss(), losses.ArcFaceLoss(3, 4), miners.MultiSimilarityMiner()], t))


@recipe("x_transformers")
def x_transformers(library):
    import torch
    import x_transformers
    attempt(library, "model.pt", lambda t: torch.save(x_transformers.TransformerWrapper(num_tokens=20, max_seq_len=8, attn_layers=x_transformers.Decoder(dim=8, depth=1, heads=2)), t))


@recipe("datasets")
def datasets(library):
    import datasets
    attempt(library, "dataset.pkl", lambda t: save(datasets.Dataset.from_dict({"a": [1, 2], "b": ["x", "y"]}), t))
    attempt(library, "features.pkl", lambda t: save(datasets.Features({"a": datasets.Value("int64"), "b": datasets.ClassLabel(names=["x"])}), t))
    attempt(library, "dict.pkl", lambda t: save(datasets.DatasetDict(a=datasets.Dataset.from_dict({"a": [1]})), t))


@recipe("pytorch_forecasting")
def pytorch_forecasting(library):
    import numpy as np
    import pandas as pd
    import pytorch_forecasting as pf
    table = pd.DataFrame({"t": np.tile(np.arange(20), 2), "g": np.repeat(["a", "b"], 20), "v": np.random.rand(40)})
    def dataset():
        return pf.TimeSeriesDataSet(table, time_idx="t", target="v", group_ids=["g"], max_encoder_length=5, max_prediction_length=2, time_varying_unknown_reals=["v"])
    attempt(library, "dataset.pkl", lambda t: dataset().save(t))
    attempt(library, "model.pt", lambda t: save(pf.NBeats.from_dataset(dataset()), t))


@recipe("flair")
def flair(library):
    import flair
    attempt(library, "sentence.pkl", lambda t: save(flair.data.Sentence("a text here"), t))
    attempt(library, "dictionary.pkl", lambda t: save(flair.data.Dictionary(), t))


@recipe("keras")
def keras(library):
    import keras
    def model():
        return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1)])
    attempt(library, "model.keras", lambda t: model().save(t))
    attempt(library, "model.h5", lambda t: model().save(t))
    attempt(library, "model.pkl", lambda t: save(model(), t))
    attempt(library, "weights.weights.h5", lambda t: model().save_weights(t))
    attempt(library, "optimizer.pkl", lambda t: save(keras.optimizers.Adam(), t))
    attempt(library, "model.json", lambda t: open(t, "w").write(model().to_json()))


@recipe("onnx")
def onnx(library):
    from onnx import helper, TensorProto
    import onnx
    def make(target):
        node = helper.make_node("Relu", ["x"], ["y"])
        graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])])
        onnx.save(helper.make_model(graph), target)
    attempt(library, "relu.onnx", make)


def main():
    for library, name, function in RECIPES:
        if ONLY and library not in ONLY:
            continue
        try:
            found = importlib.util.find_spec(library) is not None
        except Exception:
            found = False
        if not found:
            continue
        try:
            function(library)
        except (Exception, Slow, SystemExit) as error:
            print("skipped", TAG, library, name, type(error).__name__, str(error)[:120], file=sys.stderr)
        print(TAG, library, len(MADE), file=sys.stderr, flush=True)
    print(TAG, len(MADE), "files")


if __name__ == "__main__":
    import importlib.util

    main()
