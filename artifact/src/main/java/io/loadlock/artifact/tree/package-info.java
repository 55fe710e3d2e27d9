/// Text formats that describe objects, JSON and YAML, as one tree with byte positions. Nothing is
/// constructed from a tag; a damaged text gives the part before the damage and the problem.
@NullMarked
package io.loadlock.artifact.tree;

import org.jspecify.annotations.NullMarked;
