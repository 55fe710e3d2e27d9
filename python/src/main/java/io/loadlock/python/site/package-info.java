/// Load sites: the calls that execute what they load, as facts for a judge who knows the project's
/// pins and files.
@NullMarked
package io.loadlock.python.site;

import org.jspecify.annotations.NullMarked;
