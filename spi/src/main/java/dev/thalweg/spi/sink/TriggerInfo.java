package dev.thalweg.spi.sink;

import java.util.OptionalLong;

/// What a sink may know of the trigger whose output it takes.
///
/// @param number triggers count from 0
/// @param watermarkMicros the plan's output watermark after this trigger, if it has one
public record TriggerInfo(long number, OptionalLong watermarkMicros) {}
