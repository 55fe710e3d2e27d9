package io.loadlock.python.sink;

/// One dotted prefix that is the same object, or a drop-in twin, of another: `six.moves.cPickle` of
/// `pickle`, `modin.pandas` of `pandas`, `zmq.sugar.socket.Socket` of `zmq.Socket`.
///
/// @param name the prefix as written, whole segments
/// @param stands what it stands for
public record Alias(String name, String stands) {}
