package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Rewriting;
import io.loadlock.python.sink.SinkRow;

/// LangChain: stores whose documents or indexes are pickles, behind a flag that says so.
final class LangchainSinks {
  private static final String ADVICE =
      "Leave allow_dangerous_deserialization at its default, False, and build the index again from"
          + " the documents.";

  private LangchainSinks() {}

  static final Library LIBRARY =
      Library.of(
          "LangChain",
          "langchain-community",
          SinkRow.classMethod(
                  "langchain_community.vectorstores.FAISS.load_local",
                  "langchain_community.vectorstores.faiss.FAISS.load_local",
                  "langchain.vectorstores.FAISS.load_local",
                  "langchain.vectorstores.faiss.FAISS.load_local",
                  "langchain_community.vectorstores.ScaNN.load_local",
                  "langchain_community.vectorstores.scann.ScaNN.load_local",
                  "langchain_community.vectorstores.Annoy.load_local",
                  "langchain_community.vectorstores.annoy.Annoy.load_local",
                  "langchain.vectorstores.Annoy.load_local")
              .kind("langchain-load")
              .high()
              .loads("folder_path", 0)
              .safeWhenFalse("allow_dangerous_deserialization", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "langchain-community 0.3.23 langchain_community/vectorstores/faiss.py, scann.py,"
                      + " annoy.py load_local"),
          SinkRow.classMethod(
                  "langchain_community.vectorstores.FAISS.deserialize_from_bytes",
                  "langchain_community.vectorstores.faiss.FAISS.deserialize_from_bytes",
                  "langchain.vectorstores.FAISS.deserialize_from_bytes")
              .kind("langchain-load")
              .high()
              .loads("serialized", 0)
              .safeWhenFalse("allow_dangerous_deserialization", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "langchain-community 0.3.23 langchain_community/vectorstores/faiss.py"
                      + " deserialize_from_bytes"),
          SinkRow.classMethod(
                  "langchain_community.vectorstores.TileDB.load",
                  "langchain_community.vectorstores.tiledb.TileDB.load")
              .kind("langchain-load")
              .high()
              .loads("index_uri", 0)
              .safeWhenFalse("allow_dangerous_deserialization", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "langchain-community 0.3.23 langchain_community/vectorstores/tiledb.py"
                      + " TileDB.load"),
          SinkRow.classMethod(
                  "langchain_community.retrievers.TFIDFRetriever.load_local",
                  "langchain_community.retrievers.tfidf.TFIDFRetriever.load_local",
                  "langchain.retrievers.TFIDFRetriever.load_local")
              .kind("langchain-load")
              .high()
              .loads("folder_path", 0)
              .safeWhenFalse("allow_dangerous_deserialization", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "langchain-community 0.3.23 langchain_community/retrievers/tfidf.py load_local"),
          SinkRow.constructor(
                  "langchain_community.llms.Databricks",
                  "langchain_community.llms.databricks.Databricks",
                  "langchain.llms.Databricks")
              .kind("langchain-load")
              .high()
              .safeWhenFalse("allow_dangerous_deserialization", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "langchain-community 0.3.23 langchain_community/llms/databricks.py"
                      + " _load_pickled_fn_from_hex_string"));
}
