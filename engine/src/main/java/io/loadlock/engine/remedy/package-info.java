/// From findings to changes of the user's files: which fix each load gets, what the files become,
/// and the proof that it helped.
@NullMarked
package io.loadlock.engine.remedy;

import org.jspecify.annotations.NullMarked;
