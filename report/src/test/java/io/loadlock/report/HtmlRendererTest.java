package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class HtmlRendererTest {
  private static String page() throws IOException {
    return RendererTest.render(Format.HTML, RichReport.report(), RichReport.setting());
  }

  @Test
  void needsNothingFromElsewhere() throws IOException {
    List<String> fetched = new ArrayList<>();
    Matcher reference =
        Pattern.compile("(?:src|href|action|data|poster|srcset)=\"[^\"]*\"|url\\(|@import|https?:")
            .matcher(page());
    while (reference.find()) {
      fetched.add(reference.group());
    }
    assertEquals(List.of("href=\"#content\""), fetched);
  }

  @Test
  void allowsItsOwnStyleAndScriptAndNoOther() throws IOException, GeneralSecurityException {
    String page = page();
    for (String element : List.of("style", "script")) {
      assertEquals(2, page.split("<" + element + ">", -1).length, element);
      String content =
          page.substring(
              page.indexOf("<" + element + ">") + element.length() + 2,
              page.indexOf("</" + element + ">"));
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      String policy = element + "-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
      assertTrue(page.contains(policy), policy);
    }
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(Pattern.compile("<[^>]* (?:on[a-z]+|style)=").matcher(page).find());
  }

  @Test
  void escapesWhatAttacksIt() throws IOException {
    String page = page();
    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("<img"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;&quot;.py"));
  }

  /// WCAG 2.2, 1.4.3: at least 4.5 to 1 for text, in both colour schemes.
  @Test
  void hasContrast() throws IOException {
    String style = page();
    String[] schemes = style.split("@media \\(prefers-color-scheme: dark\\)");
    for (String scheme : schemes) {
      Map<String, String> colours = new HashMap<>();
      Matcher colour = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});").matcher(scheme);
      while (colour.find()) {
        colours.putIfAbsent(colour.group(1), colour.group(2));
      }
      for (String tone : List.of("critical", "high", "medium", "low", "safe")) {
        contrast(colours, tone, tone + "-soft");
        contrast(colours, tone, "paper");
        contrast(colours, "text", tone + "-soft");
      }
      for (String ground : List.of("ground", "paper", "code", "medium-soft")) {
        contrast(colours, "text", ground);
        contrast(colours, "quiet", ground);
      }
      contrast(colours, "link", "paper");
    }
    assertEquals(2, schemes.length);
  }

  private static void contrast(Map<String, String> colours, String text, String ground) {
    double one = luminance(colours.getOrDefault(text, ""));
    double other = luminance(colours.getOrDefault(ground, ""));
    double ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    assertTrue(ratio >= 4.5, text + " on " + ground + " has " + ratio);
  }

  private static double luminance(String colour) {
    double[] parts = new double[3];
    for (int part = 0; part < 3; part++) {
      double value = Integer.parseInt(colour.substring(1 + 2 * part, 3 + 2 * part), 16) / 255.0;
      parts[part] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  /// A real browser runs the page: the script shows the filter, nothing hostile is executed, and
  /// the console stays empty, to which every refused request and script would write.
  @Test
  @EnabledIfSystemProperty(named = "loadlock.all", matches = "true")
  void worksInChromium(@TempDir Path folder) throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no chromium on the PATH");
    Path page = folder.resolve("report.html");
    Files.writeString(page, page());
    Path out = folder.resolve("dom");
    Path err = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "chromium does not end");
    String dom = Files.readString(out);
    assertEquals(7, dom.split("<article class=\"finding", -1).length - 1);
    assertFalse(Pattern.compile("<form id=\"filter\"[^>]*hidden").matcher(dom).find(), "no script");
    assertTrue(dom.contains("<form id=\"filter\""), dom);
    assertFalse(dom.contains("<img") || dom.contains("<script>alert"), "markup was smuggled in");
    List<String> console =
        Files.readAllLines(err).stream().filter(line -> line.contains("CONSOLE")).toList();
    assertEquals(List.of(), console);
  }

  private static Optional<Path> browser() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            entry ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(entry)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
