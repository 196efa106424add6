package dev.thalweg.tests.law;

/// A type of the law's algebra, by the names that Thalweg and DuckDB give it.
///
/// Values: Boolean, Byte, Short, Float (now and then NaN), Integer, Long, Double, BigDecimal, String, LocalDate, Instant,
/// List of values for arrays and structs, Map.
enum Type {
    BOOLEAN("BOOLEAN", "BOOLEAN"), TINYINT("TINYINT", "TINYINT"), SMALLINT("SMALLINT", "SMALLINT"), FLOAT("FLOAT",
            "FLOAT"), INT("INT", "INTEGER"), BIGINT("BIGINT", "BIGINT"), DOUBLE("DOUBLE",
                    "DOUBLE"), DECIMAL(
                            "DECIMAL(10,2)", "DECIMAL(10,2)"), STRING("STRING",
                                    "VARCHAR"), DATE("DATE",
                                            "DATE"), TIMESTAMP("TIMESTAMP", "TIMESTAMP"), STRINGS("ARRAY<STRING>",
                                                    "VARCHAR[]"), FLOATS("ARRAY<FLOAT>", "FLOAT[]"),
    /// Of a STRING x and an INT y.
    STRUCT("STRUCT<x: STRING, y: INT>", "STRUCT(x VARCHAR, y INTEGER)"),
    /// With the keys p and q, in any order.
    MAP("MAP<STRING, INT>", "MAP(VARCHAR, INTEGER)");

    final String sql;
    final String duck;

    Type(String sql, String duck) {
        this.sql = sql;
        this.duck = duck;
    }

    boolean isNested() {
        return this == STRINGS || this == FLOATS || this == STRUCT || this == MAP;
    }
}
