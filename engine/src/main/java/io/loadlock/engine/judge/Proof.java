package io.loadlock.engine.judge;

import io.loadlock.core.Rule;
import io.loadlock.core.Rules;

/// What lowers the severity of a load, each with the rule that it leaves the finding under. The
/// severity is the rule's.
@SuppressWarnings("ImmutableEnumChecker") // a rule is a record of immutable lists
enum Proof {
  DEFAULT_SAFE("installed-default", Rules.DEFAULT_SAFE),
  DEFAULT_SAFE_CURRENT("installed-default", Rules.DEFAULT_SAFE_CURRENT),
  GUARDED("digest-checked", Rules.GUARDED),
  LOCKED("locked-file", Rules.LOCKED),
  REVIEWED_FILE("reviewed-file", Rules.REVIEWED_FILE),
  LOCKED_REVIEWED("locked-reviewed-file", Rules.LOCKED_REVIEWED),
  OWN_FILE("own-file", Rules.OWN_FILE),
  STARTS_EMPTY("starts-empty", Rules.OWN_FILE);

  private final String word;
  private final Rule rule;

  Proof(String word, Rule rule) {
    this.word = word;
    this.rule = rule;
  }

  /// As in the property `proof` of every output.
  String word() {
    return word;
  }

  Rule rule() {
    return rule;
  }
}
