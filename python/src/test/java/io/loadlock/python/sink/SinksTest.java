package io.loadlock.python.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinksTest {
  private final Sinks sinks = Sinks.standard();

  @ParameterizedTest
  @CsvSource({
    "torch.load, torch-load",
    "torch.serialization.load, torch-load",
    "six.moves.cPickle.loads, pickle-load",
    "_pickle.Unpickler.load, pickle-unpickler",
    "sklearn.externals.joblib.numpy_pickle.load, joblib-load",
    "joblib.externals.cloudpickle.cloudpickle.loads, cloudpickle-load",
    "modin.pandas.read_pickle, pandas-read-pickle",
    "dill._dill.Unpickler.load, dill-load",
    "torch.package.package_importer.PackageImporter.load_pickle, torch-package",
    "jsonpickle.unpickler.decode, jsonpickle-decode",
  })
  void findsANameUnderEveryPath(String name, String kind) {
    assertEquals(kind, sinks.find(name).orElseThrow().kind());
  }

  @ParameterizedTest
  @CsvSource({
    "torch.save",
    "torch",
    "pickle",
    "pickle.dump",
    "json.load",
    "torch.loader",
    "pickles.load"
  })
  void doesNotFindWhatIsNoSink(String name) {
    assertTrue(sinks.find(name).isEmpty());
  }

  /// A fix that writes the argument must know who would not understand it.
  @Test
  void saysSinceWhenEachArgumentThatAFixMayWriteExists() {
    for (Sink sink : sinks.libraries().stream().flatMap(it -> it.sinks().stream()).toList()) {
      sink.safety()
          .filter(
              row ->
                  row.condition() == Sink.Condition.MUST_BE_TRUE
                      || row.condition() == Sink.Condition.MUST_BE_FALSE)
          .filter(row -> !row.parameter().isEmpty())
          .filter(row -> row.rewriting() == Sink.Rewriting.WRITE)
          .ifPresent(row -> assertTrue(row.introduced().isPresent(), sink.name()));
    }
  }

  @Test
  void knowsTheClassesWhoseInstancesMatter() {
    assertTrue(sinks.isClass("pickle.Unpickler"));
    assertTrue(sinks.isClass("cPickle.Unpickler"));
    assertTrue(sinks.isClass("shelve.Shelf"));
    assertFalse(sinks.isClass("pickle"));
  }

  @Test
  void aUsersRowWinsOverOurs() {
    Sink own =
        SinkRow.function("torch.load").kind("own").severity(Severity.LOW).readIn("loadlock.toml");
    assertEquals("own", sinks.with(List.of(own)).find("torch.load").orElseThrow().kind());
  }

  @Test
  void noNameHasTwoRows() {
    Map<String, Sink> seen = new HashMap<>();
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        for (String name : sink.names()) {
          Sink other = seen.put(name, sink);
          assertTrue(other == null, name + " has two rows");
        }
      }
    }
  }

  @Test
  void everyRowIsComplete() {
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        assertFalse(sink.kind().isBlank(), sink.name());
        assertTrue(sink.kind().matches("[a-z][a-z0-9-]*"), sink.kind());
        assertTrue(sink.advice().endsWith("."), sink.name() + ": " + sink.advice());
        assertTrue(sink.source().matches(".*\\d.*"), sink.name() + " says which version was read");
        assertFalse(sink.names().stream().anyMatch(name -> !name.contains(".")), sink.name());
      }
    }
  }

  @Test
  void aliasesEndInNamesThatAreNoAliases() {
    for (Library library : sinks.libraries()) {
      for (Alias alias : library.aliases()) {
        assertEquals(sinks.canonical(alias.stands()), sinks.canonical(alias.name()));
      }
    }
  }

  @Test
  void everyNameFindsItsOwnRow() {
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        for (String name : sink.names()) {
          assertEquals(sink, sinks.find(name).orElseThrow(), name);
          Sink canonical = sinks.find(sinks.canonical(name)).orElse(sink);
          assertEquals(sink.kind(), canonical.kind(), name + " is also " + sinks.canonical(name));
        }
      }
    }
  }

  @Test
  void aliasesAndFactoriesLeadToRows() {
    List<String> names =
        sinks.libraries().stream()
            .flatMap(
                library ->
                    Stream.concat(
                        library.sinks().stream().flatMap(sink -> sink.names().stream()),
                        library.factories().stream().flatMap(factory -> factory.names().stream())))
            .toList();
    for (Library library : sinks.libraries()) {
      for (Alias alias : library.aliases()) {
        String stands = sinks.canonical(alias.stands());
        assertTrue(
            names.stream().anyMatch(name -> (name + ".").startsWith(stands + ".")), alias.name());
      }
      for (Factory factory : library.factories()) {
        assertTrue(sinks.isClass(factory.makes()), factory.makes());
      }
    }
  }

  @Test
  void whatIsVoidedIsARowWithASafeDefault() {
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        for (String voided : sink.voids()) {
          Sink row = sinks.find(voided).orElseThrow();
          assertEquals(voided, row.name());
          assertTrue(row.safety().orElseThrow().safeByDefault(), voided);
        }
      }
    }
  }

  @Test
  void librariesHaveTitlesOfTheirOwn() {
    List<String> titles = sinks.libraries().stream().map(Library::title).toList();
    assertEquals(titles.size(), Set.copyOf(titles).size(), titles.toString());
  }

  @Test
  void codesLookLikeTheirTools() {
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        assertFalse(sink.codes().isEmpty(), sink.name());
        for (String code : sink.codes()) {
          assertTrue(
              code.matches("B\\d{3}|S\\d{3,4}|TOR\\d{3}|VNX-[A-Z0-9-]+|[a-z][a-zA-Z-]+"), code);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yaml.safe_load",
        "json.load",
        "tomllib.load",
        "safetensors.torch.load_file",
        "safetensors.safe_open",
        "onnxruntime.InferenceSession",
        "onnx.load",
        "pandas.read_parquet",
        "pandas.read_csv",
        "numpy.loadtxt",
        "numpy.fromfile",
        "torch.nn.Module.load_state_dict",
        "torch.utils.cpp_extension.load",
        "torch.save",
        "torch.distributed.send_object_list",
        "xgboost.Booster.load_model",
        "lightgbm.Booster",
        "accelerate.Accelerator.load_state",
        "gensim.models.KeyedVectors.load_word2vec_format",
        "stable_baselines3.PPO.set_parameters",
        "mlflow.onnx.load_model",
        "statsmodels.api.OLS",
        "dgl.load_graphs",
        "tslearn.clustering.KShape.from_json",
        "zmq.Socket.recv_json",
        "joblib.dump",
      })
  void whatDoesNotUnpickleHasNoRow(String name) {
    assertTrue(sinks.find(name).isEmpty(), name);
  }
}
