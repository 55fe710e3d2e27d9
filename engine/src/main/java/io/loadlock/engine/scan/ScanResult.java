package io.loadlock.engine.scan;

import io.loadlock.core.ScanReport;

/// What a run gives.
///
/// @param incomplete whether something that was to be read was not read to its end, and the
///   configuration does not allow that
/// @param interrupted whether the run was stopped before its end; the report has what was found by
///   then
public record ScanResult(ScanReport report, boolean incomplete, boolean interrupted) {}
