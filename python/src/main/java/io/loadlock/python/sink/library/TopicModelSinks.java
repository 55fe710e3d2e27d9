package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// BERTopic and Top2Vec: a model that is one file is a joblib pickle.
final class TopicModelSinks {
  private TopicModelSinks() {}

  static final Library LIBRARY =
      Library.of(
          "BERTopic and Top2Vec",
          "bertopic",
          SinkRow.classMethod("bertopic.BERTopic.load", "bertopic._bertopic.BERTopic.load")
              .kind("bertopic-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Save with serialization=\"safetensors\" and load the folder.")
              .readIn(
                  "bertopic 0.17.4 bertopic/_bertopic.py BERTopic.load, _save_utils.py"
                      + " load_local_files"),
          SinkRow.classMethod(
                  "top2vec.Top2Vec.load",
                  "top2vec.top2vec.Top2Vec.load",
                  "top2vec.Top2Vec.Top2Vec.load")
              .kind("top2vec-load")
              .high()
              .loads("file", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep the vectors as a numeric npz and fit again.")
              .readIn("top2vec 1.0.34 top2vec/top2vec.py Top2Vec.load"));
}
