package dev.thalweg.tests.law;

/// A type of the law's algebra, by the names that Thalweg and DuckDB give it.
///
/// Values: Boolean, Integer, Long, Double, BigDecimal, String, LocalDate, Instant, List of String.
enum Type {
    BOOLEAN("BOOLEAN", "BOOLEAN"), INT("INT", "INTEGER"), BIGINT("BIGINT", "BIGINT"), DOUBLE("DOUBLE",
            "DOUBLE"), DECIMAL(
                    "DECIMAL(10,2)", "DECIMAL(10,2)"), STRING("STRING",
                            "VARCHAR"), DATE("DATE",
                                    "DATE"), TIMESTAMP("TIMESTAMP", "TIMESTAMP"), STRINGS("ARRAY<STRING>", "VARCHAR[]");

    final String sql;
    final String duck;

    Type(String sql, String duck) {
        this.sql = sql;
        this.duck = duck;
    }

    boolean isNumber() {
        return this == INT || this == BIGINT || this == DOUBLE || this == DECIMAL;
    }
}
