package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void everyIdIsTakenOnce() {
    var ids = new HashSet<RuleId>();
    Rules.ALL.forEach(rule -> assertEquals(true, ids.add(rule.id()), rule.id().value()));
  }

  @Test
  void everyRuleIsFoundByItsId() {
    Rules.ALL.forEach(rule -> assertEquals(rule, Rules.find(rule.id()).orElseThrow()));
  }

  @Test
  void onlyImportsAndRemoteCodeWaitToBeSelected() {
    assertEquals(
        java.util.List.of(Rules.IMPORT, Rules.REMOTE_CODE),
        Rules.ALL.stream().filter(rule -> !rule.onByDefault()).toList());
  }
}
