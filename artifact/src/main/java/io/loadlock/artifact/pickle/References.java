package io.loadlock.artifact.pickle;

import io.loadlock.artifact.GlobalUse.Use;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names, and the functions that hand out what a name stands for.
final class References {
  private final Policy policy;
  private final Account record;
  private final Map<String, Callee.Named> names = new HashMap<>();

  References(Policy policy, Account record) {
    this.policy = policy;
    this.record = record;
  }

  /// GLOBAL, INST, STACK_GLOBAL.
  void mention(Value.Global global) {
    Callee.Named named = named(global.module(), global.name());
    global.target = named;
    mention(named, global.offset());
  }

  Callee.Named named(String module, String name) {
    return names.computeIfAbsent(
        module + "\n" + name, _ -> new Callee.Named(module, name, policy.ruling(module, name)));
  }

  private void mention(Callee.Named named, long offset) {
    record.use(named, offset, Use.NAMED, mentioned(named), named.ruling().why());
  }

  private static Verdict mentioned(Callee.Named named) {
    return switch (named.grade()) {
      case PLAIN, VETTED -> named.vetted();
      case OPEN, HARMFUL -> Verdict.UNKNOWN_CODE;
    };
  }

  /// A name that the file does not spell out, or that only the reader knows.
  void computedName(long offset, String why, Value module, Value name) {
    record.effect(
        offset,
        Verdict.UNKNOWN_CODE,
        why,
        () -> Decompiler.call(new Value.Unknown("find_class"), List.of(module, name)));
  }

  void extension(Value.Extension extension) {
    record.effect(
        extension.offset(),
        Verdict.UNKNOWN_CODE,
        "names something by a code of the reader's extension registry",
        () -> Decompiler.render(extension));
  }

  /// `type(x)`.
  Callee classOf(Callee owner) {
    return switch (owner) {
      case Callee.InstanceOf(Callee.Named type) -> type;
      case Callee.Data(String type) -> named("builtins", type);
      case Callee.Named _ -> named("builtins", "type");
      case Callee.Member _,
          Callee.Constructor _,
          Callee.Module _,
          Callee.Returned _,
          Callee.Keeping _,
          Callee.Made _,
          Callee.Opaque _ ->
          new Callee.Opaque("the class of something unknown");
    };
  }

  Finding attribute(Finding found, List<Value> arguments, long offset) {
    Optional<String> name =
        arguments.size() < 2 ? Optional.empty() : Folding.text(arguments.get(1));
    if (name.isEmpty()) {
      return Finding.runs("reads an attribute whose name is computed");
    }
    Callee owner = Judge.resolve(arguments.get(0));
    return switch (owner) {
      case Callee.Named of
          when of.ruling() instanceof Ruling.Type && name.get().equals("__new__") ->
          new Finding(found.verdict(), found.why(), new Callee.Constructor(of));
      case Callee.Named of ->
          of.grade() == Grade.VETTED
              ? member(of.module(), of.name() + "." + name.get(), found, offset)
              : reference(named(of.module(), of.name() + "." + name.get()), offset);
      case Callee.Member(Callee.Named of) ->
          member(of.module(), of.name() + "." + name.get(), found, offset);
      case Callee.Module(String module, _) -> reference(named(module, name.get()), offset);
      case Callee.InstanceOf(Callee.Named type) ->
          member(type.module(), type.name() + "." + name.get(), found, offset);
      case Callee.Data(String type) -> member("builtins", type + "." + name.get(), found, offset);
      case Callee.Returned(Callee.Named function, boolean foreign)
          when !foreign && !name.get().startsWith("__") ->
          member(function.module(), function.name() + "." + name.get(), found, offset);
      case Callee.Returned _, Callee.Keeping _, Callee.Constructor _ ->
          name.get().startsWith("__")
              ? Finding.runs("reaches " + name.get() + " of an object")
              : new Finding(
                  found.verdict(),
                  found.why(),
                  new Callee.Opaque("an attribute of what a function returned"));
      case Callee.Made _, Callee.Opaque _ ->
          new Finding(
              Verdict.UNKNOWN_CODE,
              "reads an attribute of something unknown",
              new Callee.Opaque("an attribute of something unknown"));
    };
  }

  /// A bound method or a field of an instance: data as long as nobody calls it, unless it leads to
  /// the machinery of Python.
  private Finding member(String module, String name, Finding found, long offset) {
    Callee.Named named = named(module, name);
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.startsWith("__") && last.endsWith("__")) {
      mention(named, offset);
      return new Finding(Verdict.RUNS_CODE, "reaches " + last + " of an object", named);
    }
    if (named.grade() == Grade.HARMFUL) {
      return reference(named, offset);
    }
    return new Finding(found.verdict(), found.why(), new Callee.Member(named));
  }

  private Finding reference(Callee.Named named, long offset) {
    mention(named, offset);
    String last = named.name().substring(named.name().lastIndexOf('.') + 1);
    Verdict verdict = mentioned(named);
    boolean machinery =
        last.startsWith("__") && last.endsWith("__") && named.grade() != Grade.VETTED;
    return machinery
        ? new Finding(Verdict.RUNS_CODE, "reaches " + last + " of " + named.full(), named)
        : new Finding(verdict, named.ruling().why(), named);
  }

  /// A type by its bare name, as cloudpickle and dill write those of `types`.
  Finding builtin(String name, long offset) {
    Callee.Named type = named("types", name);
    return reference(type.grade() == Grade.OPEN ? named("builtins", name) : type, offset);
  }

  Finding imported(String text, long offset) {
    int dot = text.lastIndexOf('.');
    if (dot > 0) {
      Callee.Named inside = named(text.substring(0, dot), text.substring(dot + 1));
      if (inside.grade() == Grade.VETTED || inside.grade() == Grade.HARMFUL) {
        return reference(inside, offset);
      }
    }
    boolean known = policy.knows(text);
    return new Finding(
        known ? Verdict.NEEDS_TYPES : Verdict.UNKNOWN_CODE,
        known ? "imports the module " + text : "imports the unknown module " + text,
        new Callee.Module(text, known));
  }

  Finding global(Finding found, List<Value> arguments, long offset) {
    Optional<String> module = Folding.text(arguments.get(0));
    Optional<String> name =
        arguments.size() < 2 ? Optional.empty() : Folding.text(arguments.get(1));
    if (module.isEmpty() || name.isEmpty()) {
      return Finding.runs("looks up a name that is computed");
    }
    Finding reference = reference(named(module.get(), name.get()), offset);
    return new Finding(
        found.verdict().worse(reference.verdict()), reference.why(), reference.result());
  }
}
