package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// NLTK: resources that end in .pickle are unpickled, from a URL as well.
final class NltkSinks {
  private NltkSinks() {}

  static final Library LIBRARY =
      Library.of(
          "NLTK",
          "nltk",
          SinkRow.function("nltk.data.load", "nltk.load")
              .kind("nltk-load")
              .high()
              .loads("resource_url", 0)
              .safeWhenEndsWith(
                  "resource_url",
                  0,
                  ".json",
                  ".yaml",
                  ".cfg",
                  ".pcfg",
                  ".fcfg",
                  ".fol",
                  ".logic",
                  ".val",
                  ".txt",
                  ".text",
                  ".xml")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Upgrade NLTK and use the table formats (punkt_tab); its releases from 3.9 on"
                      + " ship no pickles.")
              .readIn("nltk 3.8.1 nltk/data.py load"));
}
