package io.loadlock.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Work done by several threads whose results come in the order of the input.
final class Ordered {
  /// Results that may wait for an earlier one, for each thread.
  private static final int AHEAD = 16;

  private Ordered() {}

  interface Sink<T, R> {
    void accept(T item, R result) throws IOException;
  }

  static <T, R> void run(
      List<T> items, int jobs, Function<T, R> work, Sink<T, R> sink, BooleanSupplier cancelled)
      throws IOException {
    if (jobs == 1 || items.size() < 2) {
      for (T item : items) {
        if (cancelled.getAsBoolean()) {
          return;
        }
        sink.accept(item, work.apply(item));
      }
      return;
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobs, items.size()))) {
      Deque<Future<R>> waiting = new ArrayDeque<>();
      int done = 0;
      for (int next = 0; done < items.size() && !cancelled.getAsBoolean(); ) {
        while (next < items.size() && waiting.size() < AHEAD * jobs) {
          T item = items.get(next++);
          waiting.add(threads.submit(() -> work.apply(item)));
        }
        sink.accept(items.get(done++), result(waiting.remove()));
      }
      waiting.forEach(future -> future.cancel(false));
    }
  }

  private static <R> R result(Future<R> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
