/// GGUF, the file format of llama.cpp.
@NullMarked
package io.loadlock.artifact.gguf;

import org.jspecify.annotations.NullMarked;
