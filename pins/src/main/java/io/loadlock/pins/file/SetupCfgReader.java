package io.loadlock.pins.file;

import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import java.util.Locale;

/// setuptools' declarative `setup.cfg`: `[options] install_requires`, `python_requires` and
/// `[options.extras_require]`. Source: Python's `configparser`; setuptools, "Configuring setup()
/// using setup.cfg".
final class SetupCfgReader {
  private SetupCfgReader() {}

  static PinFile read(String path, byte[] content, Siblings siblings) {
    Lines lines = new Lines(path, PinFormat.SETUP_CFG);
    String[] rows = Lines.decode(content).split("\\r\\n|\\r|\\n", -1);
    String section = "";
    String key = "";
    for (int i = 0; i < rows.length; i++) {
      String row = rows[i];
      String text = RequirementsReader.withoutComment(row);
      if (text.isEmpty() || text.startsWith(";")) {
        continue;
      }
      boolean indented = Character.isWhitespace(row.charAt(0));
      if (!indented && text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1).strip();
        key = "";
      } else if (indented && !key.isEmpty()) {
        value(section, key, text, i + 1, lines, siblings);
      } else {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        int cut = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
        if (cut > 0) {
          key = text.substring(0, cut).strip().toLowerCase(Locale.ROOT);
          value(section, key, text.substring(cut + 1).strip(), i + 1, lines, siblings);
        }
      }
    }
    return lines.file();
  }

  private static void value(
      String section, String key, String text, int line, Lines lines, Siblings siblings) {
    if (text.isEmpty()) {
      return;
    }
    if (section.equals("options") && key.equals("python_requires")) {
      lines.python(Specifiers.parse(text));
      return;
    }
    boolean runtime = section.equals("options") && key.equals("install_requires");
    if (runtime && text.startsWith("file:")) {
      for (String target : text.substring("file:".length()).split(",", -1)) {
        RequirementsReader.include(lines, siblings, target.strip(), Scope.RUNTIME, line);
      }
    } else if (runtime || section.equals("options.extras_require")) {
      lines.addText(text, runtime ? Scope.RUNTIME : Scope.OPTIONAL, line);
    }
  }
}
