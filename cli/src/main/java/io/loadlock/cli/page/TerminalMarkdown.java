package io.loadlock.cli.page;

import java.util.ArrayList;
import java.util.List;

/// Shows the Markdown of our pages on a terminal: headings bold, code indented, paragraphs and
/// lists wrapped, tables aligned or, where they are too wide, one row below the other. It knows
/// what those pages use, no more.
public final class TerminalMarkdown {
  private static final int NARROWEST = 40;

  private final boolean colour;
  private final int width;
  private final StringBuilder out = new StringBuilder();
  private final List<String> table = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private String indent = "";
  private boolean code;
  private int fence;

  private TerminalMarkdown(boolean colour, int width) {
    this.colour = colour;
    this.width = Math.max(width, NARROWEST);
  }

  /// The page as text of at most `width` columns, code and table cells that cannot be broken aside.
  ///
  /// @param colour whether ANSI escapes are wanted; without them code keeps its backticks
  public static String render(String markdown, boolean colour, int width) {
    TerminalMarkdown terminal = new TerminalMarkdown(colour, width);
    markdown.lines().forEach(terminal::line);
    terminal.flush();
    return terminal.out.toString().strip() + "\n";
  }

  private void line(String line) {
    if (line.strip().startsWith("```")) {
      flush();
      code = !code;
      fence = line.indexOf('`');
      blank();
    } else if (code) {
      String shown = line.substring(Math.min(fence, line.length()));
      out.append(("    " + shown).stripTrailing()).append('\n');
    } else if (line.startsWith("|")) {
      if (table.isEmpty()) {
        flush();
      }
      table.add(line);
    } else if (line.isBlank()) {
      flush();
      blank();
    } else if (line.startsWith("#")) {
      flush();
      blank();
      heading(line);
    } else if (!line.startsWith("<!--")) {
      text(line);
    }
  }

  private void heading(String line) {
    String title = line.replaceFirst("^#+ +", "");
    String shown = Styled.of(title).ansi(colour);
    out.append(colour ? "\u001b[1m" + shown + "\u001b[22m" : shown).append('\n');
    if (line.startsWith("# ") || (!colour && line.startsWith("## "))) {
      out.append((line.startsWith("## ") ? "-" : "=").repeat(Styled.of(title).length(colour)))
          .append('\n');
    }
    blank();
  }

  /// A line of a paragraph, or the beginning of a list's item.
  private void text(String line) {
    String trimmed = line.strip();
    if (trimmed.startsWith("- ") || trimmed.matches("\\d+\\. .*")) {
      flush();
      int mark = trimmed.indexOf(' ') + 1;
      indent = " ".repeat(line.indexOf(trimmed) + mark);
      paragraph.append(" ".repeat(line.indexOf(trimmed))).append(trimmed);
      return;
    }
    if (!paragraph.isEmpty()) {
      paragraph.append(' ').append(trimmed);
    } else {
      indent = line.startsWith(" ") ? " ".repeat(line.indexOf(trimmed)) : "";
      paragraph.append(indent).append(trimmed);
    }
  }

  private void flush() {
    if (!paragraph.isEmpty()) {
      wrap(paragraph.toString(), indent);
      paragraph.setLength(0);
      indent = "";
    }
    if (!table.isEmpty()) {
      table();
      table.clear();
    }
  }

  private void wrap(String text, String hanging) {
    out.append(Styled.of(text).wrap(colour, width, hanging)).append('\n');
  }

  /// At most one empty line.
  private void blank() {
    if (!out.isEmpty() && !out.toString().endsWith("\n\n")) {
      out.append('\n');
    }
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    for (String line : table) {
      if (!line.matches("\\|[-:| ]+\\|")) {
        rows.add(cells(line));
      }
    }
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() && i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Styled.of(row.get(i)).length(colour));
      }
    }
    int total = 0;
    for (int each : widths) {
      total += each + 2;
    }
    if (total - 2 <= width) {
      rows.forEach(row -> aligned(row, widths));
    } else {
      rows.stream().skip(1).forEach(row -> stacked(rows.getFirst(), row));
    }
  }

  private static List<String> cells(String line) {
    String inside = line.strip();
    inside = inside.substring(1, inside.endsWith("|") ? inside.length() - 1 : inside.length());
    List<String> cells = new ArrayList<>();
    for (String cell : inside.split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip().replace("\\|", "|"));
    }
    return cells;
  }

  private void aligned(List<String> row, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size() && i < widths.length; i++) {
      Styled cell = Styled.of(row.get(i));
      text.append(cell.ansi(colour)).append(" ".repeat(widths[i] - cell.length(colour) + 2));
    }
    out.append(text.toString().stripTrailing()).append('\n');
  }

  private void stacked(List<String> titles, List<String> row) {
    wrap(row.getFirst(), "  ");
    for (int i = 1; i < row.size() && i < titles.size(); i++) {
      if (!row.get(i).isEmpty()) {
        wrap("  " + titles.get(i) + ": " + row.get(i), "    ");
      }
    }
  }
}
