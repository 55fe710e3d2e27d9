package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PySpark: files of saveAsPickleFile and the pickle serializers.
final class PysparkSinks {
  private PysparkSinks() {}

  static final Library LIBRARY =
      Library.of(
              "PySpark",
              "pyspark",
              SinkRow.method(
                      "pyspark.SparkContext.pickleFile", "pyspark.context.SparkContext.pickleFile")
                  .kind("pyspark-pickle")
                  .high()
                  .loads("name", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice("Save as Parquet and read with spark.read.parquet.")
                  .readIn(
                      "pyspark 3.0.0 python/pyspark/serializers.py PickleSerializer.loads,"
                          + " context.py pickleFile"),
              SinkRow.method(
                      "pyspark.serializers.PickleSerializer.loads",
                      "pyspark.serializers.CPickleSerializer.loads",
                      "pyspark.serializers.CloudPickleSerializer.loads")
                  .kind("pyspark-pickle")
                  .high()
                  .loads("obj", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice("Exchange plain data as JSON or Arrow.")
                  .readIn("pyspark 3.0.0 python/pyspark/serializers.py PickleSerializer.loads"),
              SinkRow.method("pyspark.serializers.MarshalSerializer.loads")
                  .kind("marshal-load")
                  .high()
                  .loads("obj", 0)
                  .codes(Codes.MARSHAL)
                  .advice("Exchange plain data as JSON or Arrow.")
                  .readIn("pyspark 3.0.0 python/pyspark/serializers.py MarshalSerializer"))
          .making(Factory.of("pyspark.SparkContext", "pyspark.SparkContext.getOrCreate"));
}
