package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteMeterTest {
  @ParameterizedTest
  @CsvSource({
    "1000000000, 4000000000, 2, '1.0 GB of 4.0 GB, 500 MB/s, 6 s left'",
    "1000000000, 4000000000, 40, '1.0 GB of 4.0 GB, 25 MB/s, 2:00 min left'",
    "1000000000, 400000000000, 40, '1.0 GB of 400 GB, 25 MB/s, 4:26 h left'",
    "4000000000, 4000000000, 2, '4.0 GB of 4.0 GB, 2.0 GB/s, 0 s left'",
    "0, 4000, 0, '0 B of 4.0 kB, 0 B/s, 1:06 h left'"
  })
  void saysHowMuchHowFastAndHowLong(long done, long all, double seconds, String line) {
    assertEquals(line, ByteMeter.line(done, all, seconds));
  }

  @Test
  void aFileThatGrewIsNeverLate() {
    assertEquals("5.0 kB of 4.0 kB, 5.0 kB/s, 0 s left", ByteMeter.line(5000, 4000, 1));
  }
}
