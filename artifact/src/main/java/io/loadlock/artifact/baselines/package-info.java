/// What stable-baselines3 saves. Source: `stable_baselines3/common/save_util.py`.
@NullMarked
package io.loadlock.artifact.baselines;

import org.jspecify.annotations.NullMarked;
