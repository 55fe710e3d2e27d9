/// 7z archives, which hide their members' names and bytes from everything that knows zip only.
@NullMarked
package io.loadlock.artifact.sevenzip;

import org.jspecify.annotations.NullMarked;
