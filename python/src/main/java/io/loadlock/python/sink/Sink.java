package io.loadlock.python.sink;

import io.loadlock.core.RuleId;
import io.loadlock.core.Severity;
import java.util.List;
import java.util.Optional;

/// One row: a callable that runs what it loads. Rows are written with [SinkRow].
///
/// @param names every public dotted name of it that no [Alias] explains, canonical one first, such
///   as `torch.load`, `torch.serialization.load`. A method is `module.Class.method`, whose class
///   also stands for its subclasses
/// @param form how it is used
/// @param kind what findings are called, such as `torch-load`
/// @param rule under which rule it is reported while nothing lowers it
/// @param severity before any proof
/// @param safety the argument that makes a call safe, where there is one
/// @param hook the method whose override in a subclass may restrict what is loaded, such as
///   `find_class`
/// @param subject which parameter holds the path, file or bytes that are loaded
/// @param inverses the functions whose direct result is harmless to load:
///   `pickle.loads(pickle.dumps(x))`
/// @param voids the rows, by their first names, whose safe default a call of this takes away
/// @param codes the same weakness in other tools' words, such as `B614`, `S301`; a coded
///   suppression matches these
/// @param advice what to write instead, one sentence
/// @param source where in the library's own source this was read, such as `torch 2.15.0
///   torch/serialization.py load`
public record Sink(
    List<String> names,
    Form form,
    String kind,
    RuleId rule,
    Severity severity,
    Optional<Safety> safety,
    Optional<String> hook,
    Optional<Subject> subject,
    List<String> inverses,
    List<String> voids,
    List<String> codes,
    String advice,
    String source) {
  public Sink {
    names = List.copyOf(names);
    inverses = List.copyOf(inverses);
    voids = List.copyOf(voids);
    codes = List.copyOf(codes);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a sink has a name");
    }
  }

  /// The first of its names.
  public String name() {
    return names.getFirst();
  }

  /// How a name is used. Positions of parameters never count `self` or `cls`.
  public enum Form {
    /// A module's function: `torch.load(f)`.
    FUNCTION,
    /// A class; making an instance, of a subclass too, is the load: `shelve.Shelf(d)`.
    CONSTRUCTOR,
    /// A method of an instance, of a subclass too: `pickle.Unpickler(f).load()`.
    METHOD,
    /// A method that is called on the class, on a subclass or on an instance:
    /// `Word2Vec.load(path)`.
    CLASS_METHOD
  }

  /// An argument that decides.
  ///
  /// @param parameter its keyword, such as `weights_only`; empty where a call cannot say it and
  ///   only the installed version decides
  /// @param position from 0, or -1 where it is keyword-only
  /// @param condition which values make the call safe
  /// @param values constants as Python writes them, such as `'n'`, and dotted names; for
  ///   [Condition#MUST_END_WITH] endings such as `.yaml`
  /// @param absent what a call without it is, from which library version on, oldest first
  /// @param safeByDefault what a call without it counts as where no version is proven
  /// @param voidedBy a parameter which, when given and not None, takes away a safe default
  /// @param remaining the severity that is left when the argument is safe; empty: nothing to report
  /// @param introduced since when the callable has the argument; empty where a call cannot say it
  /// @param rewriting what a fix may do with the argument
  public record Safety(
      String parameter,
      int position,
      Condition condition,
      List<String> values,
      List<Default> absent,
      boolean safeByDefault,
      Optional<Parameter> voidedBy,
      Optional<Severity> remaining,
      Optional<Release> introduced,
      Rewriting rewriting) {
    public Safety {
      values = List.copyOf(values);
      absent = List.copyOf(absent);
    }

    Safety withDefault(List<Default> versions, boolean safe) {
      return new Safety(
          parameter,
          position,
          condition,
          values,
          versions,
          safe,
          voidedBy,
          remaining,
          introduced,
          rewriting);
    }

    Safety withVoiding(Parameter voiding) {
      return new Safety(
          parameter,
          position,
          condition,
          values,
          absent,
          safeByDefault,
          Optional.of(voiding),
          remaining,
          introduced,
          rewriting);
    }

    Safety withRemaining(Severity severity) {
      return new Safety(
          parameter,
          position,
          condition,
          values,
          absent,
          safeByDefault,
          voidedBy,
          Optional.of(severity),
          introduced,
          rewriting);
    }

    Safety withIntroduced(Release release) {
      return new Safety(
          parameter,
          position,
          condition,
          values,
          absent,
          safeByDefault,
          voidedBy,
          remaining,
          Optional.of(release),
          rewriting);
    }

    Safety with(Rewriting other) {
      return new Safety(
          parameter,
          position,
          condition,
          values,
          absent,
          safeByDefault,
          voidedBy,
          remaining,
          introduced,
          other);
    }
  }

  /// Which values of the deciding argument make a call safe.
  public enum Condition {
    /// Safe when it must be true: `weights_only=True`. None is 'not given'; an unknown value is
    /// reported.
    MUST_BE_TRUE,
    /// Safe when it must be false or None: `allow_pickle=False`. An unknown value is reported.
    MUST_BE_FALSE,
    /// Safe when given and not None: a callback or a module that restricts. None is 'not given'; an
    /// unknown value counts as given.
    MUST_BE_GIVEN,
    /// Safe when it must be one of [Safety#values]. An unknown value is reported.
    MUST_BE_ONE_OF,
    /// Safe when it must be text that ends with one of [Safety#values], letter case ignored: the
    /// suffix of the path decides what is loaded. An unknown value is reported.
    MUST_END_WITH,
    /// Safe when it is None, False, or a list, tuple or set whose members are written out. True or
    /// an unknown value is reported.
    MUST_BE_CLOSED
  }

  /// What a call without the argument means.
  ///
  /// @param since the first version of `distribution` of which this holds, such as `2.6`; empty for
  ///   'from the start'
  /// @param safe whether it is safe
  /// @param distribution whose version decides, such as `torch`
  public record Default(String since, boolean safe, String distribution) {}

  /// What a fix may do with the argument that decides.
  public enum Rewriting {
    /// Write its safe value.
    WRITE,
    /// Take it out of the call: its default is safe.
    LEAVE_OUT,
    /// Nothing: with the safe value the call refuses all that it is for.
    NONE
  }

  /// A release of a distribution.
  ///
  /// @param distributions the names it is published under, such as `torch`; `python` for the
  ///   interpreter itself
  /// @param version such as `1.13`
  public record Release(List<String> distributions, String version) {
    public Release {
      distributions = List.copyOf(distributions);
    }

    /// Such as `torch 1.13`.
    @Override
    public String toString() {
      return distributions.getFirst() + " " + version;
    }
  }

  /// A parameter of the callable.
  ///
  /// @param name its keyword; empty where it is positional-only
  /// @param position from 0, or -1 where it is keyword-only
  public record Parameter(String name, int position) {}

  /// The parameter that is loaded.
  ///
  /// @param parameter its keyword; empty where it is positional-only
  /// @param position from 0, or -1 where it is keyword-only
  /// @param ofReceiver true where it was given when the object was made: the file of
  ///   `Unpickler(file).load()`
  public record Subject(String parameter, int position, boolean ofReceiver) {}
}
