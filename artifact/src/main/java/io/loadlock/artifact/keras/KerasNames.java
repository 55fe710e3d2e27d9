package io.loadlock.artifact.keras;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The classes and functions of Keras itself that a configuration may name, from the resource
/// `names`, which `artifact/src/keras/names.py` writes. Read when the first configuration is met.
final class KerasNames {
  private static final Set<String> CLASSES = read("class ");
  private static final Set<String> FUNCTIONS = read("function ");

  private KerasNames() {}

  static boolean isClass(String name) {
    return CLASSES.contains(name);
  }

  /// An activation, loss, metric, initializer or operation.
  static boolean isFunction(String name) {
    return FUNCTIONS.contains(name);
  }

  private static Set<String> read(String kind) {
    Set<String> names = new HashSet<>();
    try (InputStream in = KerasNames.class.getResourceAsStream("names")) {
      if (in == null) {
        throw new IllegalStateException("the resource with Keras' names is missing");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(kind)) {
          names.add(line.substring(kind.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read Keras' names", e);
    }
    return Set.copyOf(names);
  }
}
