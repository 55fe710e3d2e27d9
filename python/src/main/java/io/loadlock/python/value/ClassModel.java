package io.loadlock.python.value;

import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A class of the project.
public final class ClassModel {
  private final Statement.ClassDef node;
  private final Unit unit;

  /// Its bases as they are written, each with what it may be.
  public final List<Cell> bases = new ArrayList<>();

  /// Names bound in its body, and written to the class later.
  private final Map<String, Cell> members = new LinkedHashMap<>();

  /// Attributes that code writes to its objects.
  private final Map<String, Cell> attributes = new LinkedHashMap<>();

  /// The classes of the project that name it as a base.
  public final Cell subclasses = new Cell();

  /// The classes above and below it; null while nobody has asked since they changed.
  public @org.jspecify.annotations.Nullable Lineage lineage;

  /// The classes that an object of one may have its attributes from.
  ///
  /// @param above the class itself and those that it is derived from, nearest first
  /// @param below those derived from it that are looked at; not itself
  public record Lineage(List<ClassModel> above, List<ClassModel> below) {}

  /// The functions of its body.
  public final java.util.Set<Routine> methods = new java.util.LinkedHashSet<>();

  /// The attributes that somebody has read.
  public final java.util.Set<String> read = new java.util.HashSet<>();

  /// True when calling it sets the annotated names of its body: dataclasses, named tuples.
  public boolean fieldsByCall;

  /// The annotated names of its body in order.
  public final List<String> fields = new ArrayList<>();

  public ClassModel(Statement.ClassDef node, Unit unit) {
    this.node = node;
    this.unit = unit;
  }

  public Statement.ClassDef node() {
    return node;
  }

  public String name() {
    return node.name();
  }

  /// Where it is defined.
  public Unit unit() {
    return unit;
  }

  public Cell member(String name) {
    return members.computeIfAbsent(name, _ -> new Cell());
  }

  public Map<String, Cell> members() {
    return members;
  }

  public Cell attribute(String name) {
    return attributes.computeIfAbsent(name, _ -> new Cell());
  }

  public Map<String, Cell> attributes() {
    return attributes;
  }

  @Override
  public String toString() {
    return "class " + name();
  }
}
