/// Configurations of the Hugging Face libraries: remote code, chat templates, shard indexes.
@NullMarked
package io.loadlock.artifact.hub;

import org.jspecify.annotations.NullMarked;
