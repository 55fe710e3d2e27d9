package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.SinkRow;
import java.util.ArrayList;
import java.util.List;

/// gensim: every class that saves does so by pickle, whatever the file's ending says.
final class GensimSinks {
  private static final String ADVICE =
      "Exchange vectors with save_word2vec_format and load_word2vec_format; corpora as Matrix"
          + " Market.";

  private GensimSinks() {}

  static final Library LIBRARY =
      Library.of(
          "gensim",
          "gensim",
          SinkRow.of(Form.CLASS_METHOD, classes())
              .kind("gensim-load")
              .high()
              .loads("fname", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("gensim 4.4.0 gensim/utils.py SaveLoad.load, unpickle"),
          SinkRow.function("gensim.utils.unpickle")
              .kind("gensim-load")
              .high()
              .loads("fname", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("gensim 4.4.0 gensim/utils.py unpickle"),
          SinkRow.method(
                  "gensim.similarities.annoy.AnnoyIndexer.load",
                  "gensim.similarities.nmslib.NmslibIndexer.load",
                  "gensim.similarities.index.AnnoyIndexer.load")
              .kind("gensim-load")
              .high()
              .loads("fname", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Build the index again from the vectors.")
              .readIn("gensim 4.4.0 gensim/similarities/annoy.py load, nmslib.py load"));

  /// The public classes under the names that people import them by.
  private static List<String> classes() {
    var names = new ArrayList<String>();
    // Each module and its classes; those behind a dot are not exported by gensim.models.
    String[][] modules = {
      {"word2vec", "Word2Vec"},
      {"doc2vec", "Doc2Vec"},
      {"fasttext", "FastText", ".FastTextKeyedVectors"},
      {
        "keyedvectors",
        "KeyedVectors",
        ".Word2VecKeyedVectors",
        ".EuclideanKeyedVectors",
        ".Doc2VecKeyedVectors"
      },
      {"ldamodel", "LdaModel", ".LdaState"},
      {"ldamulticore", "LdaMulticore"},
      {"ldaseqmodel", "LdaSeqModel"},
      {"ensemblelda", "EnsembleLda"},
      {"lsimodel", "LsiModel"},
      {"tfidfmodel", "TfidfModel"},
      {"hdpmodel", "HdpModel"},
      {"nmf", "Nmf"},
      {"phrases", "Phrases", ".Phraser", ".FrozenPhrases"},
      {"poincare", ".PoincareModel", ".PoincareKeyedVectors"},
      {"rpmodel", "RpModel"},
      {"logentropy_model", "LogEntropyModel"},
      {"normmodel", "NormModel"},
      {"coherencemodel", "CoherenceModel"},
      {"bm25model", "OkapiBM25Model", "LuceneBM25Model", "AtireBM25Model"},
      {"translation_matrix", "TranslationMatrix", "BackMappingTranslationMatrix"},
    };
    for (String[] module : modules) {
      for (int i = 1; i < module.length; i++) {
        String name = module[i].replace(".", "");
        names.add("gensim.models." + module[0] + "." + name + ".load");
        if (name.equals(module[i])) {
          names.add("gensim.models." + name + ".load");
        }
      }
    }
    for (String name : List.of("Dictionary", "HashDictionary")) {
      names.add("gensim.corpora." + name + ".load");
      names.add("gensim.corpora." + name.toLowerCase(java.util.Locale.ROOT) + "." + name + ".load");
    }
    for (String name :
        List.of(
            "Similarity",
            "MatrixSimilarity",
            "SparseMatrixSimilarity",
            "SoftCosineSimilarity",
            "WmdSimilarity")) {
      names.add("gensim.similarities." + name + ".load");
      names.add("gensim.similarities.docsim." + name + ".load");
    }
    names.add("gensim.similarities.SparseTermSimilarityMatrix.load");
    names.add("gensim.similarities.termsim.SparseTermSimilarityMatrix.load");
    names.add("gensim.utils.SaveLoad.load");
    names.add("gensim.interfaces.CorpusABC.load");
    names.add("gensim.interfaces.TransformationABC.load");
    names.add("gensim.interfaces.SimilarityABC.load");
    return names;
  }
}
