package io.loadlock.python.origin;

/// One way for data to enter a program.
///
/// @param name dotted, as imported; a method by its class: `fastapi.FastAPI.post`
/// @param clause what a sentence says of the data, behind its subject: `is sent by a client`
public record Source(String name, Shape shape, Origin origin, String clause) {
  /// What of it comes from outside.
  public enum Shape {
    /// The thing itself, what it returns, and whatever is read of either.
    VALUE,
    /// The parameters of a function that it decorates or gets.
    ROUTE,
    /// What has this type: parameters that are annotated with it, `self` in a class that has it as
    /// a base.
    TYPE,
    /// The attribute or method of this name of a parameter that is called `request`: frameworks
    /// hand it to functions that only a table of routes knows.
    REQUEST
  }
}
