package io.loadlock.python.sink;

import io.loadlock.core.RuleId;
import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import io.loadlock.python.sink.Sink.Condition;
import io.loadlock.python.sink.Sink.Default;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.Sink.Parameter;
import io.loadlock.python.sink.Sink.Release;
import io.loadlock.python.sink.Sink.Rewriting;
import io.loadlock.python.sink.Sink.Safety;
import io.loadlock.python.sink.Sink.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [Sink] being written, so that a row reads like a sentence:
///
/// ```java
/// SinkRow.function("torch.load", "torch.serialization.load")
///     .kind("torch-load")
///     .loads("f", 0)
///     .safeWhenTrue("weights_only", KEYWORD_ONLY)
///     .safeSince("torch", "2.6")
///     .codes("B614")
///     .advice("Pass weights_only=True.")
///     .readIn("torch 2.15.0 torch/serialization.py load");
/// ```
///
/// What a row does not say is critical, under `VNX-PY-013`, without a safe argument.
public final class SinkRow {
  /// The position of a parameter that can be given by keyword alone.
  public static final int KEYWORD_ONLY = -1;

  private final Form form;
  private final List<String> names;
  private String kind = "";
  private RuleId rule = Rules.INSECURE_DESERIALIZATION.id();
  private Severity severity = Severity.CRITICAL;
  private Optional<Safety> safety = Optional.empty();
  private Optional<String> hook = Optional.empty();
  private Optional<Subject> subject = Optional.empty();
  private List<String> inverses = List.of();
  private List<String> voids = List.of();
  private List<String> codes = List.of();
  private String advice = "";

  private SinkRow(Form form, List<String> names) {
    this.form = form;
    this.names = List.copyOf(names);
  }

  /// A module's function under all its names.
  public static SinkRow function(String... names) {
    return new SinkRow(Form.FUNCTION, List.of(names));
  }

  /// A class whose making is the load.
  public static SinkRow constructor(String... names) {
    return new SinkRow(Form.CONSTRUCTOR, List.of(names));
  }

  /// A method of instances.
  public static SinkRow method(String... names) {
    return new SinkRow(Form.METHOD, List.of(names));
  }

  /// A method of the class itself.
  public static SinkRow classMethod(String... names) {
    return new SinkRow(Form.CLASS_METHOD, List.of(names));
  }

  /// The same under names that a row computes.
  public static SinkRow of(Form form, List<String> names) {
    return new SinkRow(form, names);
  }

  /// `prefix` + each of `middles` + `suffix`: the names of a family of classes.
  public static List<String> each(String prefix, List<String> middles, String suffix) {
    return middles.stream().map(middle -> prefix + middle + suffix).toList();
  }

  /// What its findings are called.
  public SinkRow kind(String value) {
    kind = value;
    return this;
  }

  /// For framework loaders that unpickle underneath, and what equals them.
  public SinkRow high() {
    severity = Severity.HIGH;
    return this;
  }

  /// For formats that restrict code and have known holes.
  public SinkRow low() {
    severity = Severity.LOW;
    rule = Rules.RESTRICTED_FORMAT.id();
    return this;
  }

  /// For caches and processes of the program itself.
  public SinkRow privateChannel() {
    severity = Severity.LOW;
    rule = Rules.PRIVATE_CHANNEL.id();
    return this;
  }

  /// For what no deserialization is, but trusts code all the same.
  public SinkRow remoteCode() {
    severity = Severity.MEDIUM;
    rule = Rules.REMOTE_CODE.id();
    return this;
  }

  /// For a call that switches off what makes other loads safe.
  ///
  /// @param rows the first names of the rows whose safe default it takes away
  public SinkRow voidsProtection(String... rows) {
    severity = Severity.HIGH;
    rule = Rules.VOIDED_DEFAULT.id();
    voids = List.of(rows);
    return this;
  }

  /// With a severity of the user's.
  public SinkRow severity(Severity value) {
    severity = value;
    return this;
  }

  /// Which parameter holds what is loaded.
  public SinkRow loads(String parameter, int position) {
    subject = Optional.of(new Subject(parameter, position, false));
    return this;
  }

  /// Which parameter held what is loaded when the object was made.
  public SinkRow loadsWhatItWasMadeOf(String parameter, int position) {
    subject = Optional.of(new Subject(parameter, position, true));
    return this;
  }

  /// Safe only when the argument is true; absent is not safe unless [#absentIsSafe] or [#safeSince]
  /// says so.
  public SinkRow safeWhenTrue(String parameter, int position) {
    return safety(parameter, position, Condition.MUST_BE_TRUE, false);
  }

  /// Safe when the argument is false; absent is safe unless [#absentIsSafe] says otherwise.
  public SinkRow safeWhenFalse(String parameter, int position) {
    return safety(parameter, position, Condition.MUST_BE_FALSE, true);
  }

  /// Safe when the argument is given; absent is not.
  public SinkRow safeWhenGiven(String parameter, int position) {
    return safety(parameter, position, Condition.MUST_BE_GIVEN, false);
  }

  /// Safe when the argument is one of these constants or dotted names; absent is not.
  public SinkRow safeWhenOneOf(String parameter, int position, String... values) {
    return safety(parameter, position, Condition.MUST_BE_ONE_OF, false, values);
  }

  /// Safe when the argument is text with one of these endings; absent is not.
  public SinkRow safeWhenEndsWith(String parameter, int position, String... endings) {
    return safety(parameter, position, Condition.MUST_END_WITH, false, endings);
  }

  /// Safe from `version` of `distribution` on, whatever the call says: the function calls another
  /// one whose default the installed version decides.
  public SinkRow safeOnlySince(String distribution, String version) {
    return safety("", KEYWORD_ONLY, Condition.MUST_BE_TRUE, false).safeSince(distribution, version);
  }

  /// Safe when the argument is a written-out list, or nothing; absent is safe.
  public SinkRow safeWhenClosed(String parameter, int position) {
    return safety(parameter, position, Condition.MUST_BE_CLOSED, true);
  }

  private SinkRow safety(
      String parameter,
      int position,
      Condition condition,
      boolean safeByDefault,
      String... values) {
    safety =
        Optional.of(
            new Safety(
                parameter,
                position,
                condition,
                List.of(values),
                List.of(),
                safeByDefault,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Rewriting.WRITE));
    return this;
  }

  /// What a call without the argument is where no version is proven.
  public SinkRow absentIsSafe(boolean safe) {
    return safety(at -> at.withDefault(at.absent(), safe));
  }

  /// That a call without the argument is safe from `version` of `distribution` on and unsafe
  /// before; where no version is proven it is as said before.
  public SinkRow safeSince(String distribution, String version) {
    var versions =
        List.of(new Default("", false, distribution), new Default(version, true, distribution));
    return safety(at -> at.withDefault(versions, at.safeByDefault()));
  }

  /// The parameter that takes a safe default away.
  public SinkRow voidedBy(String parameter, int position) {
    return safety(at -> at.withVoiding(new Parameter(parameter, position)));
  }

  /// The severity that is left when the argument is safe.
  public SinkRow remains(Severity value) {
    return safety(at -> at.withRemaining(value));
  }

  /// Since which version the callable has the argument.
  ///
  /// @param distributions the names under which it is published
  public SinkRow argumentSince(String version, String... distributions) {
    return safety(at -> at.withIntroduced(new Release(List.of(distributions), version)));
  }

  /// What a fix may do with the argument, where that is not writing its safe value.
  public SinkRow fixedBy(Rewriting rewriting) {
    return safety(at -> at.with(rewriting));
  }

  private SinkRow safety(java.util.function.UnaryOperator<Safety> change) {
    safety = Optional.of(change.apply(safety.orElseThrow()));
    return this;
  }

  /// The method whose override in a subclass may restrict what is loaded.
  public SinkRow hook(String method) {
    hook = Optional.of(method);
    return this;
  }

  /// The functions whose direct result is harmless to load.
  public SinkRow inverses(String... functions) {
    inverses = List.of(functions);
    return this;
  }

  /// The same weakness in other tools' words.
  public SinkRow codes(String... values) {
    codes = List.of(values);
    return this;
  }

  /// More codes, for a row that has some in common with others.
  public SinkRow alsoCodes(String... values) {
    var all = new ArrayList<>(codes);
    all.addAll(List.of(values));
    codes = all;
    return this;
  }

  /// What to write instead.
  public SinkRow advice(String value) {
    advice = value;
    return this;
  }

  /// Where it was read, which completes the row.
  public Sink readIn(String source) {
    return new Sink(
        names, form, kind, rule, severity, safety, hook, subject, inverses, voids, codes, advice,
        source);
  }
}
