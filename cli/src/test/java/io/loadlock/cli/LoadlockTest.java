package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

class LoadlockTest {
  @Test
  void versionIsTheOneInThePom() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    assertTrue(pom.contains("<artifactId>loadlock</artifactId>\n  <version>" + Version.TEXT + "<"));
    assertEquals(
        new Invocation(0, "loadlock " + Version.TEXT + "\n", ""), Invocation.of("--version"));
  }

  @Test
  void helpGoesToStandardOutput() {
    Invocation help = Invocation.of("--help");
    assertEquals(0, help.code());
    assertTrue(help.out().startsWith("Usage: loadlock"), help.out());
    assertEquals("", help.err());
  }

  @Test
  void noArgumentsIsAUsageErrorThatShowsTheHelp() {
    Invocation bare = Invocation.of();
    assertEquals(2, bare.code());
    assertEquals("", bare.out());
    assertTrue(bare.err().startsWith("Usage: loadlock"), bare.err());
  }

  @Test
  void anUnknownOptionIsAUsageErrorInOneSentence() {
    Invocation wrong = Invocation.of("--colour");
    assertEquals(2, wrong.code());
    assertEquals("", wrong.out());
    assertEquals("loadlock: Unknown option: '--colour'\nTry 'loadlock --help'.\n", wrong.err());
  }

  @Test
  void aCommandGetsItsOperandsAndDecidesTheExitCode() {
    Command echo = new Echo((words, shell) -> shell.out().println(words));
    assertEquals(new Invocation(3, "[a, b]\n", ""), Invocation.of(List.of(echo), "echo", "a", "b"));
  }

  @Test
  void aCommandHasItsOwnHelp() {
    Invocation help = Invocation.of(List.of(new Echo((_, _) -> {})), "echo", "--help");
    assertEquals(0, help.code());
    assertTrue(help.out().startsWith("Usage: loadlock echo [-h] [WORD...]"), help.out());
  }

  @Test
  void aBugIsExitCodeTwoAndAsksForAReport() {
    Command broken =
        new Echo(
            (_, _) -> {
              throw new IllegalStateException("broken on purpose");
            });
    Invocation run = Invocation.of(List.of(broken), "echo");
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("loadlock: internal error, please report"), run.err());
    assertTrue(run.err().contains("broken on purpose"), run.err());
  }

  @Test
  void colourFollowsTheUserBeforeTheTerminal() {
    assertEquals(true, shell(true, Map.of()).colour());
    assertEquals(false, shell(false, Map.of()).colour());
    assertEquals(false, shell(true, Map.of("NO_COLOR", "1")).colour());
    assertEquals(true, shell(true, Map.of("NO_COLOR", "")).colour());
    assertEquals(true, shell(false, Map.of("FORCE_COLOR", "1")).colour());
    assertEquals(false, shell(true, Map.of("FORCE_COLOR", "0")).colour());
    assertEquals(false, shell(true, Map.of("TERM", "dumb")).colour());
  }

  private static Shell shell(boolean terminal, Map<String, String> environment) {
    return new Shell(
        System.in, System.out, System.err, Path.of(""), environment, terminal, terminal);
  }

  private interface Body {
    void run(List<String> words, Shell shell);
  }

  private record Echo(Body body) implements Command {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public void describe(CommandSpec specification) {
      specification.usageMessage().description("Repeats its operands.");
      specification.addPositional(
          PositionalParamSpec.builder()
              .paramLabel("WORD")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("0..*")
              .build());
    }

    @Override
    public Exit run(ParseResult arguments, Shell shell) {
      body.run(arguments.matchedPositionalValue(0, List.of()), shell);
      return Exit.PARTIAL;
    }
  }
}
