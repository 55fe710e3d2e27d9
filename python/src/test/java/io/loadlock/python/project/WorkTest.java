package io.loadlock.python.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.python.sink.Sinks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How much a scan does of what it could do, counted: time would tell it only on a quiet machine.
///
/// The tree is what large projects look like: a few loads, and many modules that are imported and
/// called all around and have nothing to do with them.
final class WorkTest {
  private static final int OTHERS = 60;

  @Test
  void codeThatNoLoadDependsOnIsNotEvaluated() {
    PythonScan.Work work = PythonScan.work(tree(), options(false));
    PythonScan.Work all = PythonScan.work(tree(), options(true));
    assertEquals(OTHERS + 5, all.modules());
    // The files with loads, the settings, the package that they are in, and two that are imported.
    assertTrue(work.parsed() <= 7, work.toString());
    assertTrue(work.modules() <= 7, work.toString());
    // Of 60 modules' 240 functions none.
    assertTrue(work.functions() <= 10, work.toString());
    assertTrue(work.steps() * 5 <= all.steps(), work + " of " + all);
  }

  /// What decides is followed into files that hold no word of loading.
  @Test
  void whatALoadDependsOnIsEvaluated() {
    var sites =
        PythonScan.scan(tree(), options(false)).stream()
            .flatMap(facts -> facts.sites().stream())
            .map(site -> site.location().path() + " " + site.safety())
            .toList();
    assertEquals(
        List.of("app/io.py Unsafe[value=False]", "app/main.py Safe[]", "app/train.py None[]"),
        sites);
  }

  private static Options options(boolean thorough) {
    return new Options(
        Sinks.standard(), List.of(), java.util.Set.of(), thorough, 1, Options.Progress.NONE);
  }

  private static SourceTree tree() {
    Map<String, String> files = new TreeMap<>();
    files.put("app/__init__.py", "");
    files.put("app/settings.py", "SAFE = True\nOPEN = False\n");
    files.put(
        "app/io.py",
        """
        import torch
        def fetch(path, safe):
            return torch.load(path, weights_only=safe)
        """);
    files.put(
        "app/main.py",
        """
        import torch
        from app import settings
        from app.io import fetch
        from app.others.m0 import Net0, run0
        def main(path):
            net = Net0()
            run0(net, path)
            net.load_state_dict(torch.load(path, weights_only=settings.SAFE))
            fetch(path, settings.OPEN)
        """);
    files.put(
        "app/train.py",
        """
        import joblib
        from app.others.m1 import Net1, run1
        class Trainer:
            def __init__(self, net):
                self.net = Net1()
                self.rate = run1(net, 1)
            def step(self, batch):
                return self.net.forward(batch) * self.rate
            def resume(self, path):
                self.step(None)
                return joblib.load(path)
        """);
    for (int i = 0; i < OTHERS; i++) {
      int next = (i + 1) % OTHERS;
      files.put(
          "app/others/m" + i + ".py",
          """
          from app.others.m%2$d import Net%2$d, run%2$d
          class Net%1$d:
              def __init__(self):
                  self.inner = Net%2$d()
                  self.size = run%2$d(self.inner, %1$d)
              def forward(self, x):
                  for i in range(self.size):
                      x = self.inner.forward(x) if i else run%2$d(self, x)
                  return x
          def run%1$d(net, x):
              for i in range(10):
                  for j in range(10):
                      if i > j:
                          x = run%2$d(net.inner, x) + i * j
                      else:
                          x = net.forward(x)
              return x
          """
              .formatted(i, next));
    }
    return new SourceTree() {
      @Override
      public List<String> paths() {
        return List.copyOf(files.keySet());
      }

      @Override
      public byte[] read(String path) {
        return java.util.Objects.requireNonNull(files.get(path)).getBytes(StandardCharsets.UTF_8);
      }
    };
  }
}
