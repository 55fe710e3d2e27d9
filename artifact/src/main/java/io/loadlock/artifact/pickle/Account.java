package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What is kept of a run: effects, names and what was odd. Bounded, because a file of a few
/// megabytes can call a million times.
final class Account {
  private static final int EFFECTS = 2_000;
  private static final int GLOBALS = 20_000;
  private static final int NOTICES = 50;

  private final List<Effect> effects = new ArrayList<>();
  private final Map<String, GlobalUse> globals = new LinkedHashMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Set<String> noticed = new HashSet<>();
  private final Set<String> constructed = new HashSet<>();
  private long dropped;
  private Verdict verdict = Verdict.PLAIN_DATA;

  /// Something that happens. The text is only made when it is kept.
  void effect(long offset, Verdict verdict, String why, Supplier<String> text) {
    this.verdict = this.verdict.worse(verdict);
    if (effects.size() < EFFECTS) {
      effects.add(new Effect(offset, text.get(), verdict, why));
    } else {
      dropped++;
    }
  }

  /// A vetted construction: shown for the first object of each callee.
  void construction(
      long offset, Verdict verdict, Callee.Named callee, String why, Supplier<String> text) {
    this.verdict = this.verdict.worse(verdict);
    if (verdict != Verdict.PLAIN_DATA && constructed.add(callee.full())) {
      effect(offset, verdict, why, text);
    }
  }

  void use(Callee.Named named, long offset, GlobalUse.Use use, Verdict verdict, String why) {
    this.verdict = this.verdict.worse(verdict);
    GlobalUse known = globals.get(named.full());
    if (known == null) {
      if (globals.size() < GLOBALS) {
        globals.put(
            named.full(),
            new GlobalUse(named.module(), named.name(), offset, use, nature(named), verdict, why));
      }
    } else if (known.verdict().compareTo(verdict) < 0 || known.use().compareTo(use) < 0) {
      boolean worse = known.verdict().compareTo(verdict) < 0;
      globals.put(
          named.full(),
          new GlobalUse(
              known.module(),
              known.name(),
              known.offset(),
              known.use().compareTo(use) >= 0 ? known.use() : use,
              known.nature(),
              worse ? verdict : known.verdict(),
              worse ? why : known.why()));
    }
  }

  void notice(String kind, Severity severity, long offset, String message) {
    if (notices.size() < NOTICES && noticed.add(kind)) {
      notices.add(new Notice(kind, severity, offset, message));
    }
  }

  private static GlobalUse.Nature nature(Callee.Named named) {
    return switch (named.ruling()) {
      case Ruling.Function _, Ruling.Kept _, Ruling.Type _, Ruling.Constant _ ->
          GlobalUse.Nature.VETTED;
      case Ruling.Harmful _ -> GlobalUse.Nature.HARMFUL;
      case Ruling.Unlisted _ -> GlobalUse.Nature.UNLISTED;
      case Ruling.Stranger _ ->
          named.module().equals("__main__") || named.module().equals("__mp_main__")
              ? GlobalUse.Nature.USER
              : Judge.spelledLikeClass(named.name())
                  ? GlobalUse.Nature.UNKNOWN_CLASS
                  : GlobalUse.Nature.UNKNOWN_FUNCTION;
    };
  }

  Verdict verdict() {
    return verdict;
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  List<GlobalUse> globals() {
    return List.copyOf(globals.values());
  }

  List<Notice> notices() {
    List<Notice> all = new ArrayList<>(notices);
    if (dropped > 0) {
      all.add(
          new Notice("pickle-effects", Severity.LOW, -1, dropped + " more effects are not listed"));
    }
    return List.copyOf(all);
  }
}
