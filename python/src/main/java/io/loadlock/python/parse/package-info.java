/// Bytes to tree: decoding, tokens, the parser, its recovery.
@NullMarked
package io.loadlock.python.parse;

import org.jspecify.annotations.NullMarked;
