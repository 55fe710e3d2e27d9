package io.loadlock.python.flow;

import io.loadlock.python.site.Guard;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Functions that compare the digest of what they download, when they are told which one is
/// expected.
final class Downloads {
  /// The parameter that holds the digest.
  private record Expected(String name, int position) {
    Values in(Arguments arguments) {
      return arguments.lookup(name, position).without(Singleton.ABSENT::equals);
    }
  }

  /// Read in pooch 1.8.2 pooch/core.py, torch 2.10.0 torch/hub.py, keras 3.12.0
  /// keras/src/utils/file_utils.py, gdown 5.2.0 gdown/cached_download.py.
  private static final Map<String, Expected> RESULTS =
      Map.ofEntries(
          Map.entry("pooch.retrieve", new Expected("known_hash", 1)),
          Map.entry("pooch.core.retrieve", new Expected("known_hash", 1)),
          Map.entry("keras.utils.get_file", new Expected("file_hash", 4)),
          Map.entry("tensorflow.keras.utils.get_file", new Expected("file_hash", 4)),
          Map.entry("gdown.cached_download", new Expected("hash", 5)),
          Map.entry("torch.hub.download_url_to_file", new Expected("hash_prefix", 2)));

  /// Those that load what they have downloaded.
  private static final Expected CHECK_HASH = new Expected("check_hash", 4);

  /// As torch/hub.py finds it in the name; it asks for no more than what is there, and eight digits
  /// is what its own files have.
  private static final Pattern HASH_IN_NAME = Pattern.compile("-([a-f0-9]{8,})\\.[^/]*$");

  private Downloads() {}

  /// The comparison made by what has downloaded the file that is loaded; empty where there is none.
  static Optional<Guard> guard(Verification verification, RawSite site) {
    if (site.sink().name().equals("torch.hub.load_state_dict_from_url")) {
      return CHECK_HASH.in(site.arguments()).equals(Values.TRUE) && isNamed(site.loaded())
          ? Optional.of(
              new Guard.Digest(
                  Verification.place(site.place()),
                  "its sha256 must begin with the digits in the name of the file"))
          : Optional.empty();
    }
    Guard guard = Guard.NONE;
    for (Value value : Guards.root(site.loaded())) {
      Value.Result download = download(value, site);
      if (download == null || download.where() == null || !expects(verification, download)) {
        return Optional.empty();
      }
      guard =
          new Guard.Digest(
              Verification.place(download.where()), "its digest is checked when it is downloaded");
    }
    return guard instanceof Guard.None ? Optional.empty() : Optional.of(guard);
  }

  /// The URL is written out, and so is the beginning of the digest in it.
  private static boolean isNamed(Values url) {
    for (Value value : url) {
      if (!(value instanceof Value.Text text && HASH_IN_NAME.matcher(text.text()).find())) {
        return false;
      }
    }
    return !url.isEmpty();
  }

  /// The call whose result is loaded, or that has put the file there on every way.
  private static Value.@org.jspecify.annotations.Nullable Result download(
      Value value, RawSite site) {
    if (value instanceof Value.Result result) {
      return result;
    }
    Value.Result last = null;
    for (Value one : site.written()) {
      if (one instanceof Value.Written written && written.target().contains(value)) {
        last = written.content().only() instanceof Value.Result result ? result : null;
      }
    }
    return last;
  }

  private static boolean expects(Verification verification, Value.Result download) {
    if (download.function().equals("pooch.create")) {
      // `fetch` takes only what the registry names, with the digest that stands there.
      Values registry = download.arguments().lookup("registry", 5);
      return registry.only() instanceof Value.Mapping mapping && !mapping.layers().isEmpty();
    }
    Expected expected = RESULTS.get(download.function());
    return expected != null && verification.isConstant(expected.in(download.arguments()));
  }
}
