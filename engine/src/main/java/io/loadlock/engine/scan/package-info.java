/// One run: walk, read, judge, report.
@NullMarked
package io.loadlock.engine.scan;

import org.jspecify.annotations.NullMarked;
