package io.loadlock.artifact;

/// Something that loading does, in the order in which it happens.
///
/// @param offset byte in the member where the deciding instruction stands
/// @param text decompiled, such as `os.system('echo hi')`
/// @param verdict how bad this one is
/// @param why one clause: which row of the policy, or which rule of a format, says so
public record Effect(long offset, String text, Verdict verdict, String why) {}
