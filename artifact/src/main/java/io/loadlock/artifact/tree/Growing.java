package io.loadlock.artifact.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A tree under construction, without recursion: open containers are on a stack of their own.
final class Growing {
  private record Open(long offset, boolean mapping, String tag, List<Node> items) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Node> documents = new ArrayList<>();

  int depth() {
    return open.size();
  }

  int documents() {
    return documents.size();
  }

  void begin(long offset, boolean mapping, String tag) {
    open.push(new Open(offset, mapping, tag, new ArrayList<>()));
  }

  void add(Node node) {
    if (open.isEmpty()) {
      documents.add(node);
    } else {
      open.element().items().add(node);
    }
  }

  /// Closes the innermost container and gives it.
  Node end() {
    Open done = open.pop();
    Node node;
    if (done.mapping()) {
      List<Node.Entry> entries = new ArrayList<>(done.items().size() / 2);
      for (int i = 0; i + 1 < done.items().size(); i += 2) {
        entries.add(new Node.Entry(done.items().get(i), done.items().get(i + 1)));
      }
      node = new Node.Mapping(done.offset(), entries, done.tag());
    } else {
      node = new Node.Sequence(done.offset(), done.items(), done.tag());
    }
    add(node);
    return node;
  }

  /// All values, open containers closed where the text broke off.
  List<Node> finish() {
    while (!open.isEmpty()) {
      end();
    }
    return documents;
  }
}
