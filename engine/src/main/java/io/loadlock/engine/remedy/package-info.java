/// Changes of the user's files: what they become, and the proof that it helped.
@NullMarked
package io.loadlock.engine.remedy;

import org.jspecify.annotations.NullMarked;
