package io.loadlock.report;

import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.Writer;

/// Writes the findings of one run in one format. There is one small class for each; none of them
/// reads files, the clock or the environment: what they need is in [Setting].
public interface Renderer {
  /// Writes all of `report`, and a line end at its end. Does not close `out`.
  void render(ScanReport report, Setting setting, Writer out) throws IOException;
}
