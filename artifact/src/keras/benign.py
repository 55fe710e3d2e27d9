"""Writes ordinary files of the formats that are no pickles, with the real libraries: none of them may be accused.

    python benign.py FOLDER

Needs onnx, gguf, keras with tensorflow, skops, scikit-learn, h5py; parts whose library is absent are passed over.
"""
import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""


def onnx_files(out):
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    def model(name, nodes, **more):
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 4])
        y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
        w = numpy_helper.from_array(np.ones((4, 4), np.float32), "w")
        graph = helper.make_graph(nodes, name, [x], [y], [w])
        return helper.make_model(graph, producer_name="loadlock", **more)

    for op in ("MatMul", "Gemm", "Add", "Mul", "Sub", "Max"):
        onnx.save(model(op, [helper.make_node(op, ["x", "w"], ["y"])]), out / f"{op}.onnx")
    for op in ("Relu", "Sigmoid", "Tanh", "Softmax", "Erf", "Identity"):
        onnx.save(model(op, [helper.make_node(op, ["x"], ["y"])]), out / f"{op}.onnx")
    big = model("external", [helper.make_node("MatMul", ["x", "w"], ["y"])])
    onnx.save_model(big, out / "external.onnx", save_as_external_data=True, location="external.bin", size_threshold=0)
    then = helper.make_graph([helper.make_node("Relu", ["x"], ["t"])], "then", [], [helper.make_tensor_value_info("t", TensorProto.FLOAT, None)])
    other = helper.make_graph([helper.make_node("Tanh", ["x"], ["t"])], "else", [], [helper.make_tensor_value_info("t", TensorProto.FLOAT, None)])
    cond = helper.make_node("Constant", [], ["c"], value=helper.make_tensor("c", TensorProto.BOOL, [], [True]))
    onnx.save(model("if", [cond, helper.make_node("If", ["c"], ["y"], then_branch=then, else_branch=other)]), out / "if.onnx")
    fun = helper.make_function("local.fun", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 18)])
    imports = [helper.make_opsetid("", 18), helper.make_opsetid("local.fun", 1)]
    onnx.save(model("fun", [helper.make_node("Twice", ["x"], ["y"], domain="local.fun")], functions=[fun], opset_imports=imports), out / "fun.onnx")
    for dtype in ("float16", "float64", "int8", "uint8", "int64", "bool"):
        tensor = numpy_helper.from_array(np.zeros((3, 5), dtype), "t")
        graph = helper.make_graph([], dtype, [], [], [tensor])
        onnx.save(helper.make_model(graph), out / f"{dtype}.onnx")
    ml = helper.make_node("Scaler", ["x"], ["y"], domain="ai.onnx.ml", offset=[0.0] * 4, scale=[1.0] * 4)
    onnx.save(model("ml", [ml], opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)]), out / "ml.onnx")


TEMPLATES = {
    "chatml": "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "tools": "{%- if tools %}{{- '<tools>' }}{%- for tool in tools %}{{- '\n' }}{{- tool | tojson }}{%- endfor %}{{- '</tools>' }}{%- endif %}",
    "alternate": "{{ bos_token }}{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('must alternate') }}{% endif %}{{ m.content }}{% endfor %}",
    "date": "{%- if not date_string is defined %}{%- set date_string = strftime_now('%d %b %Y') %}{%- endif %}{{ date_string }}",
    "namespace": "{%- set ns = namespace(tool=false, last=messages|length - 1) %}{%- for m in messages[::-1] %}{%- if m.role == 'tool' %}{%- set ns.tool = true %}{%- endif %}{%- endfor %}{{ ns.tool }}",
}


def gguf_files(out):
    import gguf
    import numpy as np

    for i, (name, template) in enumerate(TEMPLATES.items()):
        writer = gguf.GGUFWriter(out / f"{name}.gguf", ["llama", "qwen2", "gemma2", "phi3", "bert"][i])
        writer.add_name(name)
        writer.add_block_count(1)
        writer.add_context_length(2048)
        writer.add_tokenizer_model("gpt2")
        writer.add_token_list(["<s>", "</s>", "a", "b"])
        writer.add_token_scores([0.0, 0.0, 1.0, 2.0])
        writer.add_token_types([3, 3, 1, 1])
        writer.add_chat_template([{"name": "default", "template": template}, {"name": "tool_use", "template": TEMPLATES["tools"]}] if i == 2 else template)
        writer.add_tensor("token_embd.weight", np.zeros((4, 32), np.float32))
        writer.add_tensor("blk.0.attn_q.weight", np.zeros((32, 32), np.float16))
        raw = gguf.quants.quantize(np.zeros((32, 32), np.float32), gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor("blk.0.attn_k.weight", raw, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        (out / f"{name}.jinja").write_text(template)
        (out / f"{name}").mkdir(exist_ok=True)
        (out / name / "tokenizer_config.json").write_text(json.dumps({"chat_template": template, "tokenizer_class": "X"}))


def keras_models():
    import keras
    import numpy as np
    from keras import layers as L

    def sequential(*layers, shape=(8,)):
        return keras.Sequential([keras.Input(shape), *layers])

    yield "dense", sequential(L.Dense(4, activation="relu", kernel_regularizer="l2"), L.Dropout(0.5), L.Dense(1))
    yield "conv", sequential(L.Conv2D(4, 3), L.BatchNormalization(), L.ReLU(), L.MaxPooling2D(), L.Flatten(), L.Dense(2, "softmax"), shape=(8, 8, 3))
    yield "conv1d", sequential(L.Conv1D(4, 3, padding="causal"), L.GlobalAveragePooling1D(), L.LayerNormalization(), shape=(8, 3))
    yield "lstm", sequential(L.Embedding(10, 4), L.Bidirectional(L.LSTM(4, return_sequences=True)), L.GRU(3), shape=(5,))
    yield "time", sequential(L.TimeDistributed(L.Dense(3)), L.SimpleRNN(2), shape=(5, 4))
    yield "augment", sequential(L.RandomFlip(), L.RandomRotation(0.1), L.Rescaling(1 / 255), L.Resizing(4, 4), L.CenterCrop(2, 2), shape=(8, 8, 3))
    yield "separable", sequential(L.SeparableConv2D(4, 3), L.DepthwiseConv2D(3), L.Conv2DTranspose(2, 3), L.UpSampling2D(), L.ZeroPadding2D(), L.Cropping2D(), L.AveragePooling2D(2), shape=(16, 16, 3))
    yield "activations", sequential(L.LeakyReLU(), L.PReLU(), L.ELU(), L.Softmax(), L.Activation("gelu"), L.GaussianNoise(0.1), L.AlphaDropout(0.1), L.UnitNormalization())
    x = keras.Input((8, 4))
    attended = L.MultiHeadAttention(2, 4)(x, x)
    y = L.Add()([x, attended])
    y = L.Concatenate()([y, L.Dense(4, activation=keras.activations.swish)(y)])
    yield "attention", keras.Model(x, L.Dense(1)(L.GlobalMaxPooling1D()(y)))
    inner = keras.Sequential([keras.Input((4,)), L.Dense(4)], name="inner")
    i = keras.Input((4,))
    yield "nested", keras.Model(i, [inner(i), L.Multiply()([inner(i), i])])
    a = keras.Input((4,))
    yield "ops", keras.Model(a, keras.ops.tanh(a) + keras.ops.mean(a, axis=-1, keepdims=True) * 2.0)
    text = L.StringLookup(vocabulary=["a", "b"])
    s = keras.Input((1,), dtype="string")
    yield "lookup", keras.Model(s, L.Embedding(4, 2)(text(s)))
    v = L.TextVectorization(output_sequence_length=4)
    v.adapt(["a b c"])
    t = keras.Input((1,), dtype="string")
    yield "vectorize", keras.Model(t, v(t))
    n = L.Normalization()
    n.adapt(np.array([[1.0, 2.0], [3.0, 4.0]]))
    yield "normalize", sequential(n, L.Discretization([0.0, 1.0]), shape=(2,))
    yield "mixed", sequential(L.Dense(4, dtype="mixed_float16", kernel_initializer=keras.initializers.HeNormal(), kernel_constraint=keras.constraints.MaxNorm(2)), L.Dense(1, dtype="float32"))


def keras_files(out):
    import keras
    import tensorflow as tf

    optimizers = ["adam", "sgd", "rmsprop", keras.optimizers.AdamW(keras.optimizers.schedules.CosineDecay(0.1, 10))]
    losses = ["mse", "mae", keras.losses.Huber(), keras.losses.BinaryCrossentropy(from_logits=True)]
    for i, (name, model) in enumerate(keras_models()):
        if name not in ("nested", "lookup", "vectorize"):
            model.compile(optimizers[i % 4], losses[i % 4], metrics=["mae", keras.metrics.RootMeanSquaredError()])
        model.save(out / f"{name}.keras")
        (out / f"{name}.json").write_text(model.to_json())
        model.save_weights(out / f"{name}.weights.h5")
        try:
            model.save(out / f"{name}.h5")
        except Exception as e:
            print("no h5 of", name, e)
        try:
            model.export(out / f"{name}_saved", verbose=False)
        except Exception as e:
            print("no SavedModel of", name, e)

    class Module(tf.Module):
        def __init__(self):
            self.v = tf.Variable(2.0)
            init = tf.lookup.KeyValueTensorInitializer(["a"], [1])
            self.table = tf.lookup.StaticHashTable(init, -1)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
        def f(self, x):
            tf.print("x", tf.shape(x))
            return tf.map_fn(lambda z: z * self.v, x)

    tf.saved_model.save(Module(), str(out / "module"))
    vocabulary = out / "vocabulary.txt"
    vocabulary.write_text("a\nb\n")

    class Table(tf.Module):
        def __init__(self):
            self.table = tf.lookup.StaticVocabularyTable(tf.lookup.TextFileInitializer(
                tf.saved_model.Asset(str(vocabulary)), tf.string, 0, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER), 1)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
        def f(self, x):
            return self.table.lookup(x)

    tf.saved_model.save(Table(), str(out / "table"))
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 4], "x")
        w = v1.get_variable("w", [4, 2])
        y = tf.nn.softmax(tf.matmul(x, w), name="y")
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        saver.save(session, str(out / "v1"))
        frozen = v1.graph_util.convert_variables_to_constants(session, session.graph_def, ["y"])
        (out / "frozen.pb").write_bytes(frozen.SerializeToString())
        v1.train.write_graph(frozen, str(out), "frozen.pbtxt")
        v1.saved_model.simple_save(session, str(out / "v1_saved"), {"x": x}, {"y": y})
    conv = tf.lite.TFLiteConverter.from_concrete_functions([tf.function(lambda x: tf.nn.relu(x) + 1.0).get_concrete_function(tf.TensorSpec([2, 2]))])
    (out / "relu.tflite").write_bytes(conv.convert())


def skops_files(out):
    import numpy as np
    import skops.io
    from sklearn import cluster, compose, decomposition, ensemble, feature_extraction, impute, linear_model, naive_bayes, neighbors, neural_network, pipeline, preprocessing, svm, tree

    X, y = np.random.default_rng(0).random((30, 4)), np.arange(30) % 2
    models = [
        linear_model.LogisticRegression(), linear_model.Ridge(), linear_model.Lasso(), linear_model.SGDClassifier(), svm.SVC(), svm.LinearSVR(),
        tree.DecisionTreeClassifier(), ensemble.RandomForestClassifier(3), ensemble.GradientBoostingRegressor(n_estimators=3),
        neighbors.KNeighborsClassifier(), naive_bayes.GaussianNB(), neural_network.MLPClassifier((3,), max_iter=5), cluster.KMeans(2), decomposition.PCA(2),
        pipeline.make_pipeline(impute.SimpleImputer(), preprocessing.StandardScaler(), linear_model.LinearRegression()),
        pipeline.make_pipeline(compose.ColumnTransformer([("a", preprocessing.MinMaxScaler(), [0, 1]), ("b", preprocessing.OneHotEncoder(handle_unknown="ignore"), [2])]), svm.SVC()),
        preprocessing.FunctionTransformer(np.log1p), ensemble.HistGradientBoostingClassifier(max_iter=3), ensemble.AdaBoostClassifier(n_estimators=2),
        ensemble.VotingClassifier([("a", linear_model.LogisticRegression()), ("b", tree.DecisionTreeClassifier())]),
    ]
    for model in models:
        name = type(model).__name__
        skops.io.dump(model.fit(X, y), out / f"{name}-{len(str(model))}.skops")
    skops.io.dump({"a": [1, 2.5, None, "x"], "b": np.arange(3), "c": (1, 2), "d": {1, 2}, "e": np.float32(2)}, out / "plain.skops")
    text = feature_extraction.text.TfidfVectorizer().fit(["a b", "b cc dd"])
    skops.io.dump(text, out / "text.skops")


def other_files(out):
    (out / "configs").mkdir(exist_ok=True)
    configs = {
        "config.json": {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64, "transformers_version": "4.57.1"},
        "generation_config.json": {"eos_token_id": 2, "transformers_version": "4.57.1"},
        "model_index.json": {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.30.0", "unet": ["diffusers", "UNet2DConditionModel"], "text_encoder": ["transformers", "CLIPTextModel"]},
        "adapter_config.json": {"peft_type": "LORA", "auto_mapping": None, "base_model_name_or_path": "a/b", "target_modules": ["q_proj"]},
        "modules.json": [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}],
        "model.safetensors.index.json": {"metadata": {"total_size": 8}, "weight_map": {"a": "model-00001-of-00001.safetensors"}},
        "tokenizer.json": {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}},
    }
    for name, value in configs.items():
        (out / "configs" / name).write_text(json.dumps(value))
    (out / "MLmodel").write_text("artifact_path: model\nflavors:\n  python_function:\n    env: {conda: conda.yaml, virtualenv: python_env.yaml}\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n    predict_fn: predict\n    python_version: 3.11.4\n  sklearn: {code: null, pickled_model: model.pkl, serialization_format: cloudpickle, sklearn_version: 1.5.0}\nmlflow_version: 2.9.2\nmodel_uuid: abc\nrun_id: def\n")
    (out / "hparams.yaml").write_text("lr: 0.001\nlayers: [1, 2]\nname: !!python/tuple [a, b]\n")
    try:
        import jsonpickle
        import collections
        import datetime
        for i, value in enumerate([{"a": (1, 2)}, {1, 2}, collections.OrderedDict(a=1), datetime.datetime(2020, 1, 1), [b"x", 1 + 2j], collections.Counter("ab"), collections.defaultdict(list, a=[1])]):
            (out / f"jsonpickle{i}.json").write_text(jsonpickle.encode(value))
    except ImportError:
        pass


def main(folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for part in (onnx_files, gguf_files, skops_files, other_files, keras_files):
        try:
            part(out)
        except ImportError as e:
            print("passed over:", part.__name__, e)


main(sys.argv[1])
