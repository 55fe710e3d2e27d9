package io.loadlock.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.Corruptions.Damaged;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorruptionsTest {
  private static final byte[] GOOD =
      "first line\nsecond line\nthird line\nfourth\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void areTheSameForTheSameSeed() {
    List<Damaged> one = Corruptions.seeded(GOOD, 7, 200).toList();
    List<Damaged> again = Corruptions.seeded(GOOD, 7, 200).toList();
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.get(i).what(), again.get(i).what());
      assertArrayEquals(one.get(i).bytes(), again.get(i).bytes());
    }
  }

  @Test
  void touchNothingBeforeTheDamage() {
    for (Damaged damaged : Corruptions.seeded(GOOD, 1, 2000).toList()) {
      int from = damaged.from();
      assertTrue(from <= GOOD.length, damaged.what());
      assertArrayEquals(
          Arrays.copyOf(GOOD, from), Arrays.copyOf(damaged.bytes(), from), damaged.what());
    }
  }

  @Test
  void cutAtEveryLengthOfASmallFile() {
    List<Damaged> cuts = Corruptions.cuts(GOOD, 1, 10).toList();
    assertEquals(GOOD.length, cuts.size());
    assertEquals(0, cuts.getFirst().bytes().length);
    assertEquals(GOOD.length - 1, cuts.getLast().bytes().length);
    assertEquals(4096 + 10, Corruptions.cuts(new byte[10_000], 1, 10).count());
  }

  @Test
  void standBytesTooFewToDamage() {
    assertEquals(20, Corruptions.seeded(new byte[0], 3, 20).count());
    assertEquals(20, Corruptions.seeded(new byte[1], 3, 20).count());
  }
}
