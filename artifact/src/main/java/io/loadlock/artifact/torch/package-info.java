/// What `torch.save`, `torch.jit.save` and `torch.package` write: zip archives, tar archives of
/// before 0.1.10, and pickles with raw storages behind them. Source: `torch/serialization.py`,
/// `torch/package/`, `caffe2/serialize/inline_container.cc`.
@NullMarked
package io.loadlock.artifact.torch;

import org.jspecify.annotations.NullMarked;
