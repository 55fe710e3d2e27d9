package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import java.util.List;

/// Every library that has rows, in the order of the documentation.
public final class Libraries {
  public static final List<Library> ALL =
      List.of(
          PickleSinks.LIBRARY,
          ShelveSinks.LIBRARY,
          MarshalSinks.LIBRARY,
          MultiprocessingSinks.LIBRARY,
          DillSinks.LIBRARY,
          CloudpickleSinks.LIBRARY,
          JsonpickleSinks.LIBRARY,
          SerializationSinks.LIBRARY,
          TorchSinks.LIBRARY,
          DistributedTorchSinks.LIBRARY,
          LightningSinks.LIBRARY,
          AccelerateSinks.LIBRARY,
          FastaiSinks.LIBRARY,
          UltralyticsSinks.LIBRARY,
          OpenMmlabSinks.LIBRARY,
          DetectronSinks.LIBRARY,
          SpeechBrainSinks.LIBRARY,
          NemoSinks.LIBRARY,
          FlairSinks.LIBRARY,
          AllennlpSinks.LIBRARY,
          PyroPplSinks.LIBRARY,
          GraphLearningSinks.LIBRARY,
          DeepchemSinks.LIBRARY,
          StableBaselinesSinks.LIBRARY,
          JoblibSinks.LIBRARY,
          SkopsSinks.LIBRARY,
          PycaretSinks.LIBRARY,
          AutogluonSinks.LIBRARY,
          SktimeSinks.LIBRARY,
          TopicModelSinks.LIBRARY,
          GensimSinks.LIBRARY,
          SurpriseSinks.LIBRARY,
          SkoptSinks.LIBRARY,
          ShapSinks.LIBRARY,
          TabnetSinks.LIBRARY,
          ForecastingSinks.LIBRARY,
          NltkSinks.LIBRARY,
          StatsmodelsSinks.LIBRARY,
          NetworkxSinks.LIBRARY,
          NumpySinks.LIBRARY,
          PandasSinks.LIBRARY,
          PyarrowSinks.LIBRARY,
          PysparkSinks.LIBRARY,
          DaskSinks.LIBRARY,
          KerasSinks.LIBRARY,
          PaddleSinks.LIBRARY,
          ChainerSinks.LIBRARY,
          TheanoSinks.LIBRARY,
          MlflowSinks.LIBRARY,
          LangchainSinks.LIBRARY,
          RemoteCodeSinks.LIBRARY,
          ZmqSinks.LIBRARY,
          DiskcacheSinks.LIBRARY,
          StoreSinks.LIBRARY);

  private Libraries() {}
}
