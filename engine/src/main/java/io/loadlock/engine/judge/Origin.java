package io.loadlock.engine.judge;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import java.util.List;
import java.util.Map;

/// Where the path or the bytes come from, farthest first. It orders findings of one severity and
/// never changes one.
enum Origin {
  NETWORK("network", 100, "what it loads comes over the network"),
  UPLOAD("upload", 95, "what it loads is uploaded or sent by a client"),
  HUB("hub", 80, "what it loads comes from a model hub"),
  ARGUMENT("argument", 65, "the command line or the environment says what it loads"),
  UNKNOWN("unknown", 50, ""),
  CONSTANT("constant", 30, ""),
  OWN("own-file", 10, "the program wrote it itself");

  private final String word;
  private final int rank;
  private final String clause;

  Origin(String word, int rank, String clause) {
    this.word = word;
    this.rank = rank;
    this.clause = clause;
  }

  String word() {
    return word;
  }

  /// 0–100, as [io.loadlock.core.Finding#rank].
  int rank() {
    return rank;
  }

  /// For the sentence of a finding; empty where there is nothing worth saying.
  String clause() {
    return clause;
  }

  /// Functions by their dotted name, or the beginning of it up to a dot.
  private static final Map<String, Origin> BY_NAME =
      Map.ofEntries(
          Map.entry("requests", NETWORK),
          Map.entry("httpx", NETWORK),
          Map.entry("aiohttp", NETWORK),
          Map.entry("urllib", NETWORK),
          Map.entry("urllib2", NETWORK),
          Map.entry("urllib3", NETWORK),
          Map.entry("six.moves.urllib", NETWORK),
          Map.entry("http", NETWORK),
          Map.entry("socket", NETWORK),
          Map.entry("ssl", NETWORK),
          Map.entry("zmq", NETWORK),
          Map.entry("websockets", NETWORK),
          Map.entry("websocket", NETWORK),
          Map.entry("paramiko", NETWORK),
          Map.entry("ftplib", NETWORK),
          Map.entry("redis", NETWORK),
          Map.entry("kafka", NETWORK),
          Map.entry("confluent_kafka", NETWORK),
          Map.entry("pika", NETWORK),
          Map.entry("boto3", NETWORK),
          Map.entry("botocore", NETWORK),
          Map.entry("aiobotocore", NETWORK),
          Map.entry("s3fs", NETWORK),
          Map.entry("gcsfs", NETWORK),
          Map.entry("fsspec", NETWORK),
          Map.entry("smart_open", NETWORK),
          Map.entry("google.cloud", NETWORK),
          Map.entry("azure", NETWORK),
          Map.entry("minio", NETWORK),
          Map.entry("wget", NETWORK),
          Map.entry("gdown", NETWORK),
          Map.entry("pooch", NETWORK),
          Map.entry("torch.hub", NETWORK),
          Map.entry("torchvision.datasets.utils", NETWORK),
          Map.entry("pymongo", NETWORK),
          Map.entry("psycopg2", NETWORK),
          Map.entry("sqlalchemy", NETWORK),
          Map.entry("sqlite3", UNKNOWN),
          Map.entry("flask", UPLOAD),
          Map.entry("fastapi", UPLOAD),
          Map.entry("starlette", UPLOAD),
          Map.entry("django", UPLOAD),
          Map.entry("streamlit", UPLOAD),
          Map.entry("gradio", UPLOAD),
          Map.entry("tornado", UPLOAD),
          Map.entry("bottle", UPLOAD),
          Map.entry("sanic", UPLOAD),
          Map.entry("huggingface_hub", HUB),
          Map.entry("modelscope", HUB),
          Map.entry("kagglehub", HUB),
          Map.entry("wandb", HUB),
          Map.entry("mlflow", HUB),
          Map.entry("transformers", HUB),
          Map.entry("argparse", ARGUMENT),
          Map.entry("click", ARGUMENT),
          Map.entry("typer", ARGUMENT),
          Map.entry("fire", ARGUMENT),
          Map.entry("docopt", ARGUMENT),
          Map.entry("absl.flags", ARGUMENT),
          Map.entry("sys.argv", ARGUMENT),
          Map.entry("sys.stdin", ARGUMENT),
          Map.entry("input", ARGUMENT),
          Map.entry("os.environ", ARGUMENT),
          Map.entry("os.getenv", ARGUMENT),
          Map.entry("hydra", ARGUMENT),
          Map.entry("omegaconf", ARGUMENT),
          Map.entry("configparser", ARGUMENT),
          Map.entry("yaml", ARGUMENT),
          Map.entry("tempfile", UNKNOWN));

  /// Where a value comes from: the farthest of its parts.
  static Origin of(PathValue value) {
    return of(value, 0);
  }

  private static Origin of(PathValue value, int depth) {
    if (depth > 16) {
      return UNKNOWN;
    }
    return switch (value) {
      case PathValue.Text text -> text.value().contains("://") ? NETWORK : CONSTANT;
      case PathValue.Literal _, PathValue.ThisFile _ -> CONSTANT;
      case PathValue.Joined joined -> farthest(joined.parts(), depth);
      case PathValue.Concatenated parts -> farthest(parts.parts(), depth);
      case PathValue.OneOf values -> farthest(values.values(), depth);
      case PathValue.Parent parent -> of(parent.of(), depth + 1);
      case PathValue.Content content -> of(content.of(), depth + 1);
      case PathValue.Parameter parameter ->
          parameter.possible().isEmpty() ? UNKNOWN : farthest(parameter.possible(), depth);
      case PathValue.Result result -> result(result, depth);
      case PathValue.Unknown _ -> UNKNOWN;
    };
  }

  private static Origin result(PathValue.Result result, int depth) {
    Origin own = named(result.function());
    List<PathValue> arguments = result.arguments().stream().map(GivenArgument::value).toList();
    Origin given = arguments.isEmpty() ? UNKNOWN : farthest(arguments, depth);
    if (own != UNKNOWN) {
      return own;
    }
    return given == CONSTANT ? UNKNOWN : given;
  }

  private static Origin farthest(List<PathValue> values, int depth) {
    Origin farthest = OWN;
    for (PathValue value : values) {
      Origin origin = of(value, depth + 1);
      if (origin.compareTo(farthest) < 0) {
        farthest = origin;
      }
    }
    return values.isEmpty() ? UNKNOWN : farthest;
  }

  private static Origin named(String function) {
    for (int end = function.length(); end > 0; end = function.lastIndexOf('.', end - 1)) {
      Origin origin = BY_NAME.get(function.substring(0, end));
      if (origin != null) {
        return origin;
      }
    }
    return UNKNOWN;
  }
}
