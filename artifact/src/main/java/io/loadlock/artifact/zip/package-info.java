/// Zip archives, read with suspicion: both records of each member are read and compared, and every
/// difference that makes two readers see two archives is a notice. Source: APPNOTE.TXT 6.3.10,
/// CPython's `Lib/zipfile`, and the reader in torch's `caffe2/serialize/inline_container.cc`.
@NullMarked
package io.loadlock.artifact.zip;

import org.jspecify.annotations.NullMarked;
