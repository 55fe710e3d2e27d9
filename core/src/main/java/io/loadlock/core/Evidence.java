package io.loadlock.core;

/// One step of the reasoning behind a finding: a place and what it shows there.
///
/// @param text one clause in the present tense, such as `weights_only is False here`
public record Evidence(Location location, String text) {}
