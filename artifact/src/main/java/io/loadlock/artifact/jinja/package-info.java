/// Jinja templates, such as the chat templates of language models, read for what they could reach
/// in Python. Nothing is rendered.
@NullMarked
package io.loadlock.artifact.jinja;

import org.jspecify.annotations.NullMarked;
