package io.loadlock.artifact.numpy;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.pickle.PickleFormat;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// One array. Where its elements are Python objects, the array's bytes are a pickle, which
/// `numpy.load` runs with `allow_pickle=True`.
public final class NpyFormat implements Format {
  @Override
  public String name() {
    return "npy";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return Header.begins(content) ? Claim.CERTAIN : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    Header header;
    try {
      header = Header.read(content);
    } catch (MalformedException e) {
      return unread(content, e);
    }
    List<Problem> problems = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    List<Nested> nested = new ArrayList<>();
    long size = header.size();
    long rest = content.size() - header.data();
    if (header.type().objects()) {
      nested.add(
          new Nested(
              "objects.pkl", header.data(), true, content.slice(header.data(), rest), "pickle"));
      if (header.type().size() < 0) {
        problems.add(
            new Problem(
                "element type " + header.type().text() + " is not known", "byte " + header.data()));
      }
    } else if (size < 0 || size > rest) {
      String wanted = size < 0 ? "more than 2^63 bytes" : size + " bytes";
      problems.add(
          new Problem(
              "array is cut: " + wanted + " wanted, " + rest + " left", "byte " + header.data()));
    } else if (size < rest) {
      behind(content, header.data() + size, notices, nested);
    }
    TreeMap<String, String> details = new TreeMap<>();
    details.put("npy version", Integer.toString(header.version()));
    details.put("order", header.fortran() ? "Fortran" : "C");
    Tensor tensor = new Tensor("", header.type().text(), header.shape(), List.of(), "", 0, size);
    return new Reading(
        name(),
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(tensor),
        notices,
        nested,
        details);
  }

  /// A header that cannot be read here may still be one to Python, and say that there are objects:
  /// what would be their pickle is tried as one.
  private Reading unread(ByteSource content, MalformedException why)
      throws IOException, MalformedException {
    long data = Header.data(content);
    ByteSource rest = content.slice(data, content.size() - data);
    if (new PickleFormat(Policy.bundled()).claims(rest, "") == Claim.NO) {
      throw why;
    }
    return new Reading(
        name(),
        Outcome.of(List.of(why.toProblem())),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Nested("objects.pkl", data, true, rest, "pickle")),
        new TreeMap<>());
  }

  /// `numpy.save` may be called again on the same open file, and `numpy.load` reads on there.
  private static void behind(ByteSource content, long at, List<Notice> notices, List<Nested> nested)
      throws IOException {
    ByteSource rest = content.slice(at, content.size() - at);
    if (!Header.begins(rest)) {
      notices.add(
          new Notice(
              "npy-appended", Severity.LOW, at, rest.size() + " bytes stand behind the array."));
    }
    nested.add(new Nested("(byte " + at + ")", at, true, rest));
  }
}
