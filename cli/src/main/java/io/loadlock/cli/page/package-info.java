/// The pages of rules and kinds: where they are kept, what in them is made from the rows, how a
/// terminal shows them.
@NullMarked
package io.loadlock.cli.page;

import org.jspecify.annotations.NullMarked;
