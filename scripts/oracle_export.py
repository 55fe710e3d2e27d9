"""Runs the scripts that `loadlock convert` writes for estimators of scikit-learn: each must export, and agree.

    ./dev oracle export [--to onnx|pmml] [--loadlock CMD] PYTHON

PYTHON has scikit-learn, joblib, skl2onnx and onnxruntime; for pmml sklearn2pmml and jpmml-evaluator, and Java. Every
estimator is fitted here and saved in one of the ways in which people save them. One that has no export says so.
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.abspath(__file__)


def estimators():
    import numpy as np
    from sklearn import (cluster, compose, decomposition, discriminant_analysis, ensemble, feature_extraction, feature_selection,
                         gaussian_process, impute, linear_model, mixture, model_selection, naive_bayes, neighbors,
                         neural_network, pipeline, preprocessing, svm, tree)

    rng = np.random.default_rng(1)
    x = rng.normal(size=(120, 4)).astype(np.float32)
    labels = (x[:, 0] + x[:, 1] > 0).astype(int) + (x[:, 2] > 1)
    y = x @ np.array([1., 2., -1., .5]) + .1
    counts = rng.integers(0, 10, size=(120, 4))
    bits = rng.integers(0, 2, size=(120, 4))
    words = np.array(["red", "green", "blue", "black", "white"])
    texts = [" ".join(rng.choice(words, size=5)) for _ in range(120)]
    categories = np.column_stack([rng.choice(["a", "b", "c"], size=120), rng.choice(["x", "y"], size=120)])
    for one in (linear_model.LogisticRegression(), linear_model.RidgeClassifier(), linear_model.SGDClassifier(loss="log_loss"),
                svm.SVC(probability=True), svm.LinearSVC(), tree.DecisionTreeClassifier(max_depth=4),
                ensemble.RandomForestClassifier(n_estimators=7, max_depth=4), ensemble.ExtraTreesClassifier(n_estimators=5),
                ensemble.GradientBoostingClassifier(n_estimators=5), ensemble.HistGradientBoostingClassifier(max_iter=5),
                ensemble.AdaBoostClassifier(n_estimators=4), neighbors.KNeighborsClassifier(), naive_bayes.GaussianNB(),
                neural_network.MLPClassifier(hidden_layer_sizes=(5,), max_iter=30), discriminant_analysis.LinearDiscriminantAnalysis(),
                ensemble.BaggingClassifier(n_estimators=3),
                ensemble.VotingClassifier([("a", linear_model.LogisticRegression()), ("b", naive_bayes.GaussianNB())], voting="soft"),
                model_selection.GridSearchCV(linear_model.LogisticRegression(), {"C": [.1, 1]})):
        yield one.fit(x, labels)
    yield linear_model.LogisticRegression().fit(x, words[labels])
    for one in (linear_model.LinearRegression(), linear_model.Ridge(), linear_model.Lasso(.01), linear_model.ElasticNet(.01),
                linear_model.BayesianRidge(), svm.SVR(), svm.LinearSVR(), tree.DecisionTreeRegressor(max_depth=4),
                ensemble.RandomForestRegressor(n_estimators=5, max_depth=4), ensemble.GradientBoostingRegressor(n_estimators=5),
                neighbors.KNeighborsRegressor(), neural_network.MLPRegressor(hidden_layer_sizes=(5,), max_iter=30),
                gaussian_process.GaussianProcessRegressor(alpha=.1)):
        yield one.fit(x, y)
    yield cluster.KMeans(3, n_init=1).fit(x)
    yield cluster.MiniBatchKMeans(3, n_init=1).fit(x)
    yield mixture.GaussianMixture(2).fit(x)
    yield ensemble.IsolationForest(n_estimators=5).fit(x)
    yield svm.OneClassSVM().fit(x)
    for one in (preprocessing.StandardScaler(), preprocessing.MinMaxScaler(), preprocessing.RobustScaler(), preprocessing.MaxAbsScaler(),
                preprocessing.Normalizer(), preprocessing.PolynomialFeatures(), preprocessing.Binarizer(),
                preprocessing.PowerTransformer(), decomposition.PCA(2), decomposition.TruncatedSVD(2), impute.SimpleImputer(),
                feature_selection.VarianceThreshold()):
        yield one.fit(x)
    yield feature_selection.SelectKBest(k=2).fit(x, labels)
    yield naive_bayes.MultinomialNB().fit(counts, labels)
    yield naive_bayes.ComplementNB().fit(counts, labels)
    yield naive_bayes.BernoulliNB().fit(bits, labels)
    yield preprocessing.OneHotEncoder().fit(categories)
    yield preprocessing.OrdinalEncoder().fit(categories)
    yield feature_extraction.text.CountVectorizer().fit(texts)
    yield feature_extraction.text.TfidfVectorizer().fit(texts)
    make = pipeline.make_pipeline
    yield make(preprocessing.StandardScaler(), linear_model.LogisticRegression()).fit(x, labels)
    yield make(impute.SimpleImputer(), preprocessing.StandardScaler(), decomposition.PCA(3), svm.SVR()).fit(x, y)
    yield make(feature_extraction.text.TfidfVectorizer(), linear_model.LogisticRegression()).fit(texts, labels)
    try:
        import pandas
    except ImportError:
        return
    frame = pandas.DataFrame({"age": x[:, 0], "height": x[:, 1], "city": categories[:, 0], "plan": categories[:, 1]})
    columns = compose.ColumnTransformer([
        ("numbers", make(impute.SimpleImputer(), preprocessing.StandardScaler()), ["age", "height"]),
        ("words", preprocessing.OneHotEncoder(), ["city", "plan"])])
    yield make(columns, linear_model.LogisticRegression()).fit(frame, labels)
    yield make(columns, ensemble.RandomForestRegressor(n_estimators=3, max_depth=3)).fit(frame, y)


def make(folder):
    import pickle

    import joblib
    for number, one in enumerate(estimators()):
        parts = [type(step).__name__ for _, step in one.steps] if hasattr(one, "steps") else [type(one).__name__]
        path = os.path.join(folder, "%02d-%s" % (number, "-".join(parts)))
        if number % 3 == 0:
            joblib.dump(one, path + ".joblib", compress=number % 2)
        elif number % 3 == 1:
            joblib.dump(one, path + ".joblib")
        else:
            with open(path + ".pkl", "wb") as file:
                pickle.dump(one, file, protocol=2 + number % 4)


# Not exported, whatever the script asks for: skl2onnx 1.20 has no softmax over several classes; no votes without weights,
# as sklearn2pmml.
LIMITS = {"HistGradientBoostingClassifier", "VotingClassifier"}


def main():
    if len(sys.argv) > 2 and sys.argv[1] == "--make":
        return make(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=os.path.join(os.path.dirname(HERE), "..", "loadlock"))
    parser.add_argument("--to", default="onnx", choices=["onnx", "pmml"])
    parser.add_argument("--keep", help="work in this folder, and leave it")
    parser.add_argument("python")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or scratch
        os.makedirs(folder, exist_ok=True)
        subprocess.run([arguments.python, "-W", "ignore", HERE, "--make", folder], check=True)
        agree, wrong, refused = set(), [], 0
        for name in sorted(os.listdir(folder)):
            if not name.endswith((".joblib", ".pkl")):
                continue
            script = name + ".py"
            done = subprocess.run([arguments.loadlock, "convert", "--force", "--to", arguments.to, name, script], cwd=folder,
                                  capture_output=True, text=True, env=dict(os.environ, LOADLOCK_NO_BUILD="1"))
            if done.returncode == 1 and arguments.to == "pmml" and " is not converted: " in done.stderr:
                refused += 1
                continue
            if done.returncode == 0:
                done = subprocess.run([arguments.python, "-W", "ignore", script], cwd=folder, capture_output=True, text=True)
            if done.returncode == 0:
                agree.add(name[3:].rsplit(".", 1)[0])
            elif name[3:].rsplit(".", 1)[0] in LIMITS:
                print("not exported:", name, done.stderr.strip().splitlines()[-1][:120])
            else:
                wrong.append((name, (done.stderr.strip() or done.stdout.strip()).splitlines()[-1][:160]))
        for name, why in wrong:
            print("FAILS", name, why)
        print("%d estimators exported to %s, and the same predictions; %d refused up front, by name; %d fail"
              % (len(agree), arguments.to.upper(), refused, len(wrong)))
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
