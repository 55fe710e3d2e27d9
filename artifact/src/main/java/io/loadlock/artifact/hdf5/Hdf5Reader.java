package io.loadlock.artifact.hdf5;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.keras.KerasConfig;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.JsonText;
import io.loadlock.artifact.tree.Node;
import io.loadlock.artifact.tree.Tree;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through all groups and datasets, each once. Damage to one object costs that object.
final class Hdf5Reader {
  private record Member(String name, long address) {}

  private final Hdf5File file;
  private final Limits limits;
  private final Draft draft;
  private final Deque<Member> open = new ArrayDeque<>();
  private final Set<Long> seen = new HashSet<>();
  private boolean pytables;
  private boolean model;

  Hdf5Reader(Hdf5File file, Limits limits, Draft draft) {
    this.file = file;
    this.limits = limits;
    this.draft = draft;
  }

  /// Whether the file holds the configuration of a Keras model.
  boolean model() {
    return model;
  }

  void read() {
    open.add(new Member("", file.root()));
    while (!open.isEmpty()) {
      Member object = open.poll();
      if (!seen.add(object.address())) {
        continue;
      }
      if (seen.size() > limits.members()) {
        draft.problem(Problem.of("more than " + limits.members() + " objects"));
        return;
      }
      try {
        object(object);
      } catch (MalformedException e) {
        draft.problem(
            new Problem(
                String.valueOf(e.getMessage()), "/" + object.name() + ", byte " + e.offset()));
      } catch (IOException e) {
        draft.problem(new Problem("cannot be read: " + e.getMessage(), "/" + object.name()));
      }
    }
  }

  private void object(Member object) throws IOException, MalformedException {
    List<Messages.Message> messages = Messages.of(file, object.address());
    Links links = new Links(file, link -> link(object, link));
    @Nullable List<Long> shape = null;
    Types.@Nullable Datatype type = null;
    Objects objects = new Objects();
    for (Messages.Message message : messages) {
      Hdf5File.Place in = file.at(0);
      in.seek(message.position());
      switch (message.type()) {
        case 0x01 -> shape = Types.dataspace(in);
        case 0x02 -> links.dense(in);
        case 0x03 -> type = Types.datatype(in);
        case 0x06 -> links.message(in);
        case 0x07 -> externalFiles(object, in);
        case 0x08 -> {
          objects.layout = message.position();
          layout(object, in);
        }
        case 0x0B -> objects.filtered = true;
        case 0x0C -> objects.pickled |= attribute(object, Attribute.read(file, in));
        case 0x11 -> links.symbolTable(in);
        case 0x15 -> objects.pickled |= attributes(object, in);
        default -> {}
      }
    }
    if (objects.pickled) {
      rows(object, objects, shape);
    }
    if (shape != null && type != null) {
      draft.tensor(
          new Tensor(
              object.name(),
              type.name(),
              shape,
              List.of(),
              object.name(),
              0,
              Types.bytes(shape, type.size())));
    }
  }

  /// What is known of a dataset whose rows are pickles.
  private static final class Objects {
    private long layout = -1;
    private boolean filtered;
    private boolean pickled;
  }

  /// PyTables unpickles each row of an array with the pseudo atom `object`.
  private void rows(Member object, Objects objects, @Nullable List<Long> shape)
      throws IOException, MalformedException {
    if (objects.filtered || objects.layout < 0 || shape == null) {
      draft.problem(new Problem("its rows are pickles and were not read", "/" + object.name()));
      return;
    }
    Hdf5File.Place in = file.at(0);
    in.seek(objects.layout);
    int number = 0;
    for (ObjectRows.Row row : ObjectRows.read(file, in, Types.bytes(shape, 1))) {
      ByteSource content = file.slice(row.position(), row.length());
      String name = object.name() + "[" + number++ + "]";
      draft.nested(new Nested(name, row.position(), true, content, "pickle"));
    }
  }

  private void link(Member from, Links.Link link) {
    String path = from.name().isEmpty() ? link.name() : from.name() + "/" + link.name();
    switch (link) {
      case Links.Hard hard ->
          open.add(
              new Member(path.length() > 4096 ? path.substring(0, 4096) : path, hard.address()));
      case Links.Soft ignored -> {}
      case Links.External external ->
          outside(
              "external link", path, external.file() + ":" + external.path(), external.position());
    }
  }

  private void outside(String how, String name, String target, long at) {
    draft.effect(
        at,
        "open('" + target + "')",
        Verdict.RUNS_CODE,
        how + " of /" + name + " reads another file");
    draft.notice(
        "hdf5-external",
        Severity.HIGH,
        at,
        "The " + how + " of /" + name + " points to '" + target + "'.");
  }

  /// Message 0x07: the dataset's bytes lie in other files (CVE-2026-1669).
  private void externalFiles(Member object, Hdf5File.Place in)
      throws IOException, MalformedException {
    in.skip(4);
    in.u16();
    int used = in.u16();
    Hdf5File.Place local = file.at(in.offset());
    local.expect("HEAP");
    local.skip(4);
    local.length();
    local.length();
    long names = local.offset();
    for (int i = 0; i < used && i < 1000; i++) {
      long name = in.length();
      in.length();
      in.length();
      Hdf5File.Place text = file.at(names + name);
      long at = text.position();
      outside("external storage", object.name(), text.zeroEnded(4096), at);
    }
  }

  /// Message 0x08, of which only a virtual dataset matters: version 4, class 3.
  private void layout(Member object, Hdf5File.Place in) throws IOException, MalformedException {
    int version = in.u8();
    if (version < 4 || in.u8() != 3) {
      return;
    }
    long heap = in.offset();
    long index = in.u32();
    if (heap == Hdf5File.UNDEFINED || heap == 0) {
      return;
    }
    Hdf5File.Place mapping = GlobalHeap.object(file, heap, index);
    int block = mapping.u8();
    long entries = mapping.length();
    if (block != 0 || entries == 0) {
      return;
    }
    // The first entry's name can be read without its selections; whether others differ does not
    // change the answer.
    long at = mapping.position();
    String source = mapping.zeroEnded(4096);
    if (!source.equals(".") || entries > 1) {
      outside("virtual dataset", object.name(), source, at);
    }
  }

  /// Message 0x15: attributes in a fractal heap.
  ///
  /// @return whether one of them says that the object's rows are pickles
  private boolean attributes(Member object, Hdf5File.Place in)
      throws IOException, MalformedException {
    in.skip(1);
    int flags = in.u8();
    in.skip((flags & 1) != 0 ? 2 : 0);
    long heap = in.offset();
    long index = in.offset();
    if (heap == Hdf5File.UNDEFINED) {
      return false;
    }
    boolean pickled = false;
    for (long position : FractalHeap.of(file, heap).objects(index, 0)) {
      Hdf5File.Place place = file.at(0);
      place.seek(position);
      pickled |= attribute(object, Attribute.read(file, place));
    }
    return pickled;
  }

  /// @return whether it says that the object's rows are pickles
  private boolean attribute(Member object, Attribute attribute) throws IOException {
    switch (attribute.name()) {
      case "model_config", "training_config" -> {
        model = true;
        configuration(attribute);
      }
      case "keras_version", "backend", "PYTABLES_FORMAT_VERSION" -> {
        pytables |= attribute.name().startsWith("PY");
        draft.detail(attribute.name().replace('_', ' '), attribute.text().replace("\0", ""));
      }
      case "PSEUDOATOM" -> {
        pytables = true;
        return attribute.text().startsWith("object");
      }
      default -> pickled(object, attribute);
    }
    return false;
  }

  private void configuration(Attribute attribute) throws IOException {
    byte[] text = attribute.value();
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    if (length == 0) {
      draft.problem(new Problem(attribute.name() + " is no text", "byte " + attribute.position()));
    }
    Tree tree = JsonText.parse(ByteSource.of(text).slice(0, length), limits);
    Node root = tree.root();
    new KerasConfig(NamedObjects.bundled()).look(root, draft);
    for (Problem problem : tree.problems()) {
      draft.problem(
          new Problem(problem.reason(), attribute.name() + " at byte " + attribute.position()));
    }
  }

  /// PyTables unpickles attributes that end with a full stop (`tables/attributeset.py`), in files
  /// that it wrote or not.
  private void pickled(Member object, Attribute attribute) {
    byte[] value = attribute.value();
    int length = value.length;
    while (length > 0
        && (value[length - 1] == 0 || value[length - 1] == ' ' || value[length - 1] == '\n')) {
      length--;
    }
    if (length < 3 || value[length - 1] != '.') {
      return;
    }
    int first = value[0] & 0xFF;
    boolean protocol = first == 0x80 && (value[1] & 0xFF) <= 5;
    boolean text =
        first == '('
            || first == 'c' && new String(value, StandardCharsets.ISO_8859_1).indexOf('\n') > 0
            || first == ']'
            || first == '}';
    if (protocol || text && (pytables || length > 8)) {
      String name = object.name() + "@" + attribute.name();
      draft.nested(
          new Nested(name, attribute.position(), true, ByteSource.of(value).slice(0, length)));
    }
  }
}
