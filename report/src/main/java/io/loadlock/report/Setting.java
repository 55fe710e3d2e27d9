package io.loadlock.report;

import java.time.Instant;

/// What a report says about the run itself, and how it is to look.
///
/// @param excerpts where source text comes from
/// @param started when the run began
/// @param ended when the report was made
/// @param colour whether text for a terminal takes colour
public record Setting(Excerpts excerpts, Instant started, Instant ended, boolean colour) {}
