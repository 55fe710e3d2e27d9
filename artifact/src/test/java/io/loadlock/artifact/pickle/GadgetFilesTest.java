package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.pickle.GadgetTest.Gadget;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The malicious pickles of these tests as files, for other tools to read (`./dev bench peers`).
class GadgetFilesTest {
  private static List<Gadget> all() throws IOException {
    List<Gadget> all = new ArrayList<>(GadgetTest.running());
    all.addAll(ClassGadgetTest.running());
    for (BypassTest.Row row : BypassTest.rows()) {
      all.add(
          GadgetTest.of(
              row.toString(),
              PickleAssembler.protocol(2).call(row.module(), row.name(), row.texts())));
    }
    return all;
  }

  @Test
  void writesThemOutOnRequest() throws IOException {
    List<Gadget> gadgets = all();
    assertTrue(gadgets.size() > 200, "each gadget of these tests");
    String folder = System.getProperty("loadlock.gadgets", "");
    if (folder.isEmpty()) {
      return;
    }
    int number = 0;
    for (Gadget gadget : gadgets) {
      String name = gadget.name().replaceAll("[^A-Za-z0-9._-]+", "-");
      name = "%03d-%s.pkl".formatted(number++, name.substring(0, Math.min(60, name.length())));
      Files.write(Path.of(folder).resolve(name), gadget.pickle());
    }
  }
}
