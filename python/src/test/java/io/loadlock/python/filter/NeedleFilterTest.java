package io.loadlock.python.filter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedleFilterTest {
  private static final NeedleFilter FILTER =
      new NeedleFilter(
          Needles.of(List.of("pickle.load", "pickle.loads", "torch.load"))
              .and(new Needles(Set.of("read_pickle", "__import__"), List.of(), Set.of("getattr"))));

  private static WordSketch source(String text) {
    return FILTER.source(text.getBytes(StandardCharsets.UTF_8));
  }

  private static WordSketch notebook(String text) {
    return FILTER.notebook(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import pickle\npickle.load(f)",
        "from torch import load",
        "getattr(torch, 'lo' + 'ad')",
        "getattr(torch, 'lo' 'ad')",
        "getattr(torch, 'daol'[::-1])",
        "frame.read_pickle(p)",
        "load;torch",
        "x = __import__('pick' + 'le')",
      })
  void wantsALoadingWordWithALibrary(String text) {
    assertTrue(source(text).wanted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "import json\njson.load(f)",
        "import pickle\npickle.dump(f)",
        "import pickled\nload(f)",
        "torch_load(upickle)",
        "unload(torch)",
        "load2 = torch",
        "getattr(torch, name)",
        "getattr(torch, 'long')",
        "getattr(x, 'lo' + 'ad')",
      })
  void leavesOtherFilesAlone(String text) {
    assertFalse(source(text).wanted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import ｐickle",
        "x = 𝓁oad",
        "ﬁ = 1",
        "# -*- coding: utf-7 -*-\nx",
        "#\n# vim: set fileencoding=unicode_escape :\nx",
        "# coding: latin-1\nª",
        "\0i\0m",
      })
  void wantsWhatMayHideWords(String text) {
    assertTrue(source(text).wanted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# 模型加载，不是代码（全角）\nx = 'é'",
        "# -*- coding: utf-8 -*-\nx = 'ü'",
        "# coding: latin-1\nx = 1",
        "\uFEFFx = '🧪'",
      })
  void passesOverOtherCharacters(String text) {
    assertFalse(source(text).wanted());
  }

  @Test
  void aWordOfOneLibraryIsNoneOfAnother() {
    NeedleFilter filter =
        new NeedleFilter(
            Needles.of(List.of("pickle.load")).and(Needles.of(List.of("pandas.Index"))));
    assertTrue(filter.source("pandas.Index".getBytes(StandardCharsets.UTF_8)).wanted());
    assertFalse(filter.source("pandas.load".getBytes(StandardCharsets.UTF_8)).wanted());
  }

  @Test
  void readsWordsBehindTheEscapesOfJson() {
    assertTrue(notebook("[\"import torch\\n\", \"\\nload(x)\"]").wanted());
    assertFalse(notebook("[\"import torch\\n\", \"\\nunload(x)\"]").wanted());
    assertTrue(notebook("[\"\\u0070ickle\"]").wanted());
    assertFalse(notebook("[\"caf\\u00e9\", \"\\u4e2d\"]").wanted());
  }

  @Test
  void remembersWhichWordsAFileMayHold() {
    WordSketch sketch = source("from helpers import fetch\nfetch(1)");
    assertTrue(sketch.mayHoldAll("helpers", "fetch"));
    assertFalse(sketch.mayHold("thaw"));
    assertFalse(sketch.mayHoldAll("helpers", "thaw"));
  }

  @Test
  void knowsEveryCharacterThatFoldsToAscii() {
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue;
      }
      String text = Character.toString(c);
      String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
      if (Character.isUnicodeIdentifierPart(c)
          && folded.chars().allMatch(f -> f < 128 && Character.isLetterOrDigit(f))
          && !Character.isIdentifierIgnorable(c)) {
        assertTrue(Folding.folds(c), Integer.toHexString(c));
        assertTrue(Folding.foldsToAscii(text.getBytes(StandardCharsets.UTF_8), 0));
      }
    }
  }
}
