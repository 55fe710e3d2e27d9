package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Key-value stores and caches whose values are pickles.
final class StoreSinks {
  private StoreSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Stores and caches",
          "",
          SinkRow.constructor("sqlitedict.SqliteDict")
              .kind("sqlitedict")
              .privateChannel()
              .loads("filename", 0)
              .safeWhenGiven("decode", 6)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Pass encode and decode of your own (JSON), or keep the file where only the"
                      + " program can write.")
              .readIn("sqlitedict 1.7.0 sqlitedict.py SqliteDict, decode"),
          SinkRow.function("sqlitedict.open")
              .kind("sqlitedict")
              .privateChannel()
              .loads("filename", 0)
              .safeWhenGiven("decode", 6)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Pass encode and decode of your own (JSON), or keep the file where only the"
                      + " program can write.")
              .readIn("sqlitedict 1.7.0 sqlitedict.py open"),
          SinkRow.constructor(
                  "pickleshare.PickleShareDB", "IPython.utils.pickleshare.PickleShareDB")
              .kind("pickleshare")
              .privateChannel()
              .loads("root", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep the store where only the program can write, or serialize with JSON.")
              .readIn("pickleshare 0.7.5 pickleshare.py PickleShareDB.__getitem__"),
          SinkRow.constructor(
                  "klepto.archives.file_archive",
                  "klepto.archives.dir_archive",
                  "klepto.archives.sql_archive",
                  "klepto.archives.sqltable_archive",
                  "klepto.archives.hdf_archive",
                  "klepto.archives.hdfdir_archive")
              .kind("klepto")
              .privateChannel()
              .loads("name", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep the store where only the program can write, or serialize with JSON.")
              .readIn("klepto 0.2.8 klepto/_archives.py"),
          SinkRow.constructor(
                  "cachelib.FileSystemCache",
                  "cachelib.file.FileSystemCache",
                  "werkzeug.contrib.cache.FileSystemCache",
                  "flask_caching.backends.FileSystemCache")
              .kind("cachelib")
              .privateChannel()
              .loads("cache_dir", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep the store where only the program can write, or serialize with JSON.")
              .readIn(
                  "cachelib 0.15.4 src/cachelib/file.py FileSystemCache, serializers.py"
                      + " BaseSerializer.load"),
          SinkRow.constructor(
                  "cachelib.RedisCache",
                  "cachelib.redis.RedisCache",
                  "werkzeug.contrib.cache.RedisCache")
              .kind("cachelib")
              .privateChannel()
              .loads("host", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Authenticate the Redis server and keep it private: whoever can write a key can"
                      + " run code here.")
              .readIn(
                  "cachelib 0.15.4 src/cachelib/redis.py RedisCache, serializers.py"
                      + " BaseRedisSerializer.loads"),
          SinkRow.method(
                  "django.contrib.sessions.serializers.PickleSerializer.loads",
                  "django.core.serializers.base.PickleSerializer.loads")
              .kind("pickle-load")
              .loads("data", 0)
              .codes(Codes.PICKLE)
              .advice(
                  "Use JSONSerializer; with pickled sessions whoever knows the key can run code.")
              .readIn("Django 1.11 django/contrib/sessions/serializers.py PickleSerializer.loads"));
}
