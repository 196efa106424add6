package dev.thalweg.tests.bench;

import java.util.Locale;

/// The engines that are compared, as far as their SQL differs.
enum Dialect {
    THALWEG, SPARK, FLINK, DUCKDB;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
