package io.loadlock.engine.remedy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.convert.ConversionException;
import io.loadlock.artifact.convert.NumpyWeights;
import io.loadlock.artifact.convert.Plan;
import io.loadlock.artifact.convert.SafetensorsWriter;
import io.loadlock.artifact.convert.StateDict;
import io.loadlock.artifact.convert.Unpacked;
import io.loadlock.artifact.numpy.NumpyFile;
import io.loadlock.artifact.torch.TorchCheckpoint;
import io.loadlock.core.AtomicFiles;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/// One file, or the shards of a folder, on the way to safetensors. Everything is settled when it is
/// opened; only then anything is written.
public final class Conversion implements AutoCloseable {
  private static final String ENDING = ".safetensors";

  /// What transformers calls a checkpoint of torch.
  private static final String MODEL = "pytorch_model";

  private static final int INDEX = 256 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final List<Path> inputs = new ArrayList<>();
  private final List<ByteSource> sources = new ArrayList<>();
  private final Unpacked unpacked = new Unpacked();
  private final List<Job> jobs = new ArrayList<>();
  private final SortedMap<String, String> dropped = new TreeMap<>();
  private final SortedMap<String, String> values = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final SortedMap<String, String> warnings = new TreeMap<>();
  private Optional<Path> index = Optional.empty();

  /// One file to be written.
  public record Job(Plan.Output output, Path target) {}

  private Conversion() {}

  /// Reads what there is to read and plans what there is to write.
  ///
  /// @param in a checkpoint, an `.npz`, an `.npy`, or a folder of shards with or without their
  ///   index
  /// @param out file, or for a folder a folder; empty for beside `in`
  /// @param sidecar whether plain values go to a file of their own instead of the metadata
  /// @throws ConversionException for what cannot be converted; nothing is open then
  public static Conversion open(
      Path in,
      Optional<Path> out,
      StateDict.Selection selection,
      Plan.Options options,
      boolean sidecar)
      throws IOException, ConversionException {
    Conversion conversion = new Conversion();
    try {
      if (Files.isDirectory(in)) {
        conversion.folder(in, out.orElse(in), selection, options, sidecar);
      } else {
        Path target =
            out.map(path -> Files.isDirectory(path) ? path.resolve(renamed(in)) : path)
                .orElse(in.resolveSibling(renamed(in)));
        conversion.file(in, target, selection, options, sidecar);
      }
      conversion.refuseOneTargetTwice();
      return conversion;
    } catch (IOException | ConversionException | RuntimeException e) {
      conversion.close();
      throw e;
    }
  }

  /// `a.pt` and `a.bin` of one folder.
  private void refuseOneTargetTwice() throws ConversionException {
    Map<Path, Path> sources = new HashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      Path target = jobs.get(i).target();
      Path input = inputs.get(Math.min(i, inputs.size() - 1));
      Path other = sources.put(target.toAbsolutePath().normalize(), input);
      if (other != null) {
        throw new ConversionException(
            "%s and %s would both become %s: convert them one by one"
                .formatted(other.getFileName(), input.getFileName(), target.getFileName()));
      }
    }
  }

  /// `model.pt` → `model.safetensors`, `pytorch_model-00001-of-00002.bin` →
  /// `model-00001-of-00002.safetensors`.
  private static String renamed(Path in) {
    String name = String.valueOf(in.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return model(stem) + ENDING;
  }

  private static String model(String stem) {
    return stem.startsWith(MODEL) ? stem.substring("pytorch_".length()) : stem;
  }

  private void file(
      Path in, Path target, StateDict.Selection selection, Plan.Options options, boolean sidecar)
      throws IOException, ConversionException {
    StateDict dict = read(in, selection);
    values.putAll(dict.values());
    leftOut.addAll(dict.leftOut());
    SortedMap<String, String> metadata = new TreeMap<>();
    if (!sidecar) {
      dict.values().forEach((name, json) -> metadata.put(name, text(json)));
    }
    metadata.putAll(options.metadata());
    Plan plan =
        Plan.of(
            dict.weights(),
            new Plan.Options(
                options.dtype(), options.dropShared(), options.shardBytes(), metadata));
    dropped.putAll(plan.dropped());
    int count = plan.files().size();
    String stem = String.valueOf(target.getFileName());
    stem = stem.endsWith(ENDING) ? stem.substring(0, stem.length() - ENDING.length()) : stem;
    for (int i = 0; i < count; i++) {
      String name = "%s-%05d-of-%05d%s".formatted(stem, i + 1, count, ENDING);
      jobs.add(new Job(plan.files().get(i), count == 1 ? target : target.resolveSibling(name)));
    }
    if (count > 1) {
      index = Optional.of(target.resolveSibling(stem + ENDING + ".index.json"));
    }
  }

  /// A text stands for itself, anything else for its JSON.
  private static String text(String json) {
    if (!json.startsWith("\"")) {
      return json;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      return json;
    }
  }

  private void folder(
      Path in, Path out, StateDict.Selection selection, Plan.Options options, boolean sidecar)
      throws IOException, ConversionException {
    SortedSet<String> shards = new TreeSet<>();
    Optional<Path> list = Optional.empty();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(in)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".bin.index.json") || name.endsWith(".pt.index.json")) {
          list = Optional.of(file);
        } else if (name.matches(".*\\.(bin|pt|pth|ckpt)") && Files.isRegularFile(file)) {
          shards.add(name);
        }
      }
    }
    if (list.isPresent()) {
      shards.clear();
      shards.addAll(shards(list.get()));
    } else if (shards.stream().anyMatch(name -> name.startsWith(MODEL))) {
      // What a trainer saves beside a model, such as optimizer.pt, is no part of it.
      shards.removeIf(name -> !name.startsWith(MODEL));
    }
    if (shards.isEmpty()) {
      throw new ConversionException("there is no checkpoint in this folder");
    }
    for (String shard : shards) {
      Path file = in.resolve(shard).normalize();
      if (!file.startsWith(in.normalize()) || !Files.isRegularFile(file)) {
        throw new ConversionException("its index names " + shard + ", which is not in the folder");
      }
      file(file, out.resolve(renamed(file)), selection, options, sidecar);
    }
    if (list.isPresent()) {
      String name = String.valueOf(list.get().getFileName());
      String stem =
          name.substring(0, name.lastIndexOf(".", name.length() - ".index.json".length() - 1));
      index = Optional.of(out.resolve(model(stem) + ENDING + ".index.json"));
    }
  }

  /// The files that `weight_map` names.
  private static SortedSet<String> shards(Path list) throws IOException, ConversionException {
    if (Files.size(list) > INDEX) {
      throw new ConversionException(list.getFileName() + " is too large for an index");
    }
    SortedSet<String> shards = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(Files.readAllBytes(list))) {
      int depth = 0;
      boolean map = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> {
            depth--;
            map &= depth > 1;
          }
          case FIELD_NAME -> map = depth == 1 ? parser.currentName().equals("weight_map") : map;
          case VALUE_STRING -> {
            if (map && depth == 2) {
              shards.add(parser.getText());
            }
          }
          default -> {}
        }
      }
    } catch (JsonProcessingException e) {
      throw new ConversionException(list.getFileName() + " is not JSON: " + e.getOriginalMessage());
    }
    return shards;
  }

  private StateDict read(Path in, StateDict.Selection selection)
      throws IOException, ConversionException {
    ByteSource source = ByteSource.open(in);
    sources.add(source);
    inputs.add(in);
    try {
      if (NumpyFile.recognises(source)) {
        return NumpyWeights.of(NumpyFile.read(source, Limits.DEFAULT, unpacked::of));
      }
      TorchCheckpoint checkpoint = TorchCheckpoint.read(source, Limits.DEFAULT);
      StateDict dict = StateDict.of(checkpoint, selection, unpacked);
      warn(in, checkpoint);
      return dict;
    } catch (MalformedException e) {
      throw new ConversionException(e.toProblem().toString());
    }
  }

  private void warn(Path in, TorchCheckpoint checkpoint) {
    List<String> said = new ArrayList<>();
    for (Reading pickle : checkpoint.pickles()) {
      pickle.effects().stream()
          .filter(effect -> effect.verdict() == Verdict.RUNS_CODE)
          .findFirst()
          .ifPresent(
              effect ->
                  said.add(
                      "runs "
                          + effect.text()
                          + " when it is loaded: only its tensors were copied"));
    }
    if (!checkpoint.problems().isEmpty()) {
      said.add("is damaged where no copied tensor is: " + checkpoint.problems().getFirst());
    }
    if (!said.isEmpty()) {
      warnings.put(String.valueOf(in.getFileName()), String.join("; it ", said));
    }
  }

  // --- what will be there ------------------------------------------------------------------------

  public List<Job> jobs() {
    return jobs;
  }

  /// Every file that will be written, the index included.
  public List<Path> targets() {
    List<Path> targets = new ArrayList<>(jobs.stream().map(Job::target).toList());
    index.ifPresent(targets::add);
    return targets;
  }

  /// Whether `file` is one of those that are read.
  public boolean isSource(Path file) throws IOException {
    for (Path input : inputs) {
      if (Files.isSameFile(input, file)) {
        return true;
      }
    }
    return false;
  }

  /// Of all files together.
  public long bytes() {
    return jobs.stream().mapToLong(job -> job.output().bytes()).sum();
  }

  /// Names that are not written, each with the one that stands for it.
  public SortedMap<String, String> dropped() {
    return dropped;
  }

  /// Plain values beside the tensors, as JSON.
  public SortedMap<String, String> values() {
    return values;
  }

  public List<String> leftOut() {
    return leftOut;
  }

  /// By file, what a user should know of it.
  public SortedMap<String, String> warnings() {
    return warnings;
  }

  /// Writes everything, or nothing: the old files are replaced when all new ones are there.
  ///
  /// @param sidecar where the plain values go; empty for nowhere
  /// @param verify reads each file back and compares it first
  /// @param progress is told of bytes as they are written, and again as they are compared
  public void write(Optional<Path> sidecar, boolean verify, LongConsumer progress)
      throws IOException {
    for (Path target : targets()) {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    }
    try (AtomicFiles files = new AtomicFiles()) {
      for (Job job : jobs) {
        Path written = SafetensorsWriter.write(job.output(), files, job.target(), progress);
        if (verify) {
          SafetensorsWriter.verify(job.output(), written, progress);
        }
      }
      if (sidecar.isPresent()) {
        writeValues(sidecar.get(), files);
      }
      if (index.isPresent()) {
        writeIndex(index.get(), files);
      }
      files.commit();
    }
  }

  /// `NAME.safetensors.index.json`, as transformers reads it.
  private void writeIndex(Path target, AtomicFiles files) throws IOException {
    SortedMap<String, String> map = new TreeMap<>();
    for (Job job : jobs) {
      job.output()
          .names()
          .forEach(name -> map.put(name, String.valueOf(job.target().getFileName())));
    }
    files.writeStream(
        target,
        stream -> {
          try (JsonGenerator out = JSON.createGenerator(stream)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeObjectFieldStart("metadata");
            out.writeNumberField(
                "total_size", jobs.stream().mapToLong(job -> job.output().tensorBytes()).sum());
            out.writeEndObject();
            out.writeObjectFieldStart("weight_map");
            for (Map.Entry<String, String> entry : map.entrySet()) {
              out.writeStringField(entry.getKey(), entry.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
          }
        });
  }

  /// The plain values as one JSON object.
  private void writeValues(Path target, AtomicFiles files) throws IOException {
    StringBuilder json = new StringBuilder("{");
    values.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "\n  " : ",\n  ")
                .append(quoted(name))
                .append(": ")
                .append(value));
    json.append("\n}\n");
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    files.writeStream(target, out -> out.write(bytes));
  }

  private static String quoted(String text) {
    return "\""
        + new String(
            com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text))
        + "\"";
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
    for (ByteSource source : sources) {
      source.close();
    }
  }
}
