/// The closed world: what may be named, called and built while a pickle is loaded. Rows are text,
/// one pair of files for a Python package: `PACKAGE.evidence` is generated from the library's
/// sources and says what its classes define, `PACKAGE.review` is written by hand and says what that
/// means. `docs/policy.md` is the guide.
@NullMarked
package io.loadlock.artifact.policy;

import org.jspecify.annotations.NullMarked;
