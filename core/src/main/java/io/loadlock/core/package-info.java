/// What two or more modules share: findings, rules, outcomes, places, bytes and budgets. Nothing
/// here knows Python or any file format.
@NullMarked
package io.loadlock.core;

import org.jspecify.annotations.NullMarked;
