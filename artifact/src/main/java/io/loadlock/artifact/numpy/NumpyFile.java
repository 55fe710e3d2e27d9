package io.loadlock.artifact.numpy;

import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.zip.Entry;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The arrays of a `.npy` or `.npz` file, their elements not read.
///
/// @param arrays in the order of the file; that of a `.npy` has no name
public record NumpyFile(List<Array> arrays) {
  public NumpyFile {
    arrays = List.copyOf(arrays);
  }

  /// One array.
  ///
  /// @param name of its member, without `.npy`
  /// @param type of its elements
  /// @param shape in elements
  /// @param fortran whether the first index varies fastest
  /// @param elements their bytes; those of objects are a pickle
  public record Array(
      String name, ElementType type, List<Long> shape, boolean fortran, ByteSource elements) {}

  /// Whether these bytes are one.
  public static boolean recognises(ByteSource content) throws IOException {
    return Header.begins(content) || ZipFormat.recognises(content) && isArchive(content);
  }

  private static boolean isArchive(ByteSource content) throws IOException {
    return ZipArchive.names(content).stream().anyMatch(name -> name.endsWith(".npy"));
  }

  /// Makes the bytes of a compressed member so that they can be read often.
  public interface Unpacking {
    ByteSource of(Inflating packed, long size) throws IOException, MalformedException;
  }

  /// Reads the headers.
  ///
  /// @throws MalformedException when one of them is damaged
  public static NumpyFile read(ByteSource content, Limits limits, Unpacking unpacking)
      throws IOException, MalformedException {
    if (Header.begins(content)) {
      return new NumpyFile(List.of(array("", content)));
    }
    ZipArchive archive = ZipArchive.read(content, limits);
    List<Array> arrays = new ArrayList<>();
    for (Entry entry : archive.entries()) {
      if (entry.name().endsWith(".npy")) {
        String name = entry.name().substring(0, entry.name().length() - 4);
        ByteSource bytes = archive.content(entry);
        arrays.add(
            array(
                name,
                bytes instanceof Inflating packed ? unpacking.of(packed, entry.size()) : bytes));
      }
    }
    return new NumpyFile(arrays);
  }

  private static Array array(String name, ByteSource content)
      throws IOException, MalformedException {
    Header header = Header.read(content);
    return new Array(
        name,
        header.type(),
        header.shape(),
        header.fortran(),
        content.slice(header.data(), content.size() - header.data()));
  }
}
