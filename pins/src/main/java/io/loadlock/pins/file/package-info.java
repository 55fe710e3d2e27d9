/// One reader for each family of file that declares versions. A reader never runs anything and
/// never gives up as a whole: a line it cannot understand is a problem with its place.
@NullMarked
package io.loadlock.pins.file;

import org.jspecify.annotations.NullMarked;
