/// Model files taken apart. One package a format; the pickle machine; the policy. A reader says
/// what is in one byte source and hands nested members back, it never descends into them itself.
@NullMarked
package io.loadlock.artifact;

import org.jspecify.annotations.NullMarked;
