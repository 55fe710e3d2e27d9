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
          TorchSinks.LIBRARY,
          DistributedTorchSinks.LIBRARY,
          JoblibSinks.LIBRARY,
          NumpySinks.LIBRARY,
          PandasSinks.LIBRARY,
          KerasSinks.LIBRARY,
          LightningSinks.LIBRARY,
          FastaiSinks.LIBRARY,
          UltralyticsSinks.LIBRARY,
          StableBaselinesSinks.LIBRARY,
          PaddleSinks.LIBRARY,
          GensimSinks.LIBRARY,
          MlflowSinks.LIBRARY,
          SkopsSinks.LIBRARY,
          StatsmodelsSinks.LIBRARY,
          NetworkxSinks.LIBRARY,
          ZmqSinks.LIBRARY,
          CacheSinks.DISKCACHE);

  private Libraries() {}
}
