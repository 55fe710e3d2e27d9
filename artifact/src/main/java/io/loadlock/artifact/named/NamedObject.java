package io.loadlock.artifact.named;

import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;

/// A dotted name, judged for one use.
///
/// @param module everything before the last dot; `builtins` where there is no dot
/// @param name behind it
/// @param verdict of that use
/// @param why one clause
public record NamedObject(String module, String name, Verdict verdict, String why) {
  public String dotted() {
    return module.isEmpty() ? name : module + "." + name;
  }

  public GlobalUse use(long offset, GlobalUse.Use use) {
    return new GlobalUse(module, name, offset, use, verdict, why);
  }
}
