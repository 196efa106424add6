package dev.thalweg.streaming;

/// What a trigger wrote.
public record SinkProgress(String description, long numOutputRows) {}
