package dev.thalweg.tests.law;

import java.util.Set;

/// A scalar operation of the law's algebra: how Thalweg and DuckDB write it, and to which class of functions it belongs.
/// What it means is [Scalars]' business.
enum Op {
    /// Random, and true whatever is drawn: a condition that is not deterministic, with an answer that is.
    CHANCE("({0} AND rand() < 2.0)", "({0} AND random() < 2.0)", "chance"), ADD("({0} + {1})", "arithmetic"), SUBTRACT(
            "({0} - {1})", "arithmetic"), MULTIPLY("({0} * {1})",
                    "arithmetic"), DIVIDE("({0} / nullif({1}, CAST(0 AS DOUBLE)))", "arithmetic"), MODULO(
                            "({0} % nullif({1}, CAST(0 AS BIGINT)))",
                            "arithmetic"), NEGATE("(- {0})", "arithmetic"), ABS(
                                    "abs({0})",
                                    "math"), SIGN("sign({0})", "math"), SQRT_ABS("sqrt(abs({0}))", "math"), FLOOR(
                                            "floor({0})", "CAST(floor({0}) AS BIGINT)",
                                            "math"), CEIL("ceil({0})", "CAST(ceil({0}) AS BIGINT)", "math"), EQ(
                                                    "({0} = {1})",
                                                    "comparison"), NE("({0} <> {1})", "comparison"), LT("({0} < {1})",
                                                            "comparison"), LE("({0} <= {1})", "comparison"), GT(
                                                                    "({0} > {1})",
                                                                    "comparison"), GE("({0} >= {1})",
                                                                            "comparison"), SAME(
                                                                                    "({0} <=> {1})",
                                                                                    "({0} IS NOT DISTINCT FROM {1})",
                                                                                    "comparison"), AND("({0} AND {1})",
                                                                                            "logic"), OR(
                                                                                                    "({0} OR {1})",
                                                                                                    "logic"), NOT(
                                                                                                            "(NOT {0})",
                                                                                                            "logic"), IS_NULL(
                                                                                                                    "({0} IS NULL)",
                                                                                                                    "logic"), IS_NOT_NULL(
                                                                                                                            "({0} IS NOT NULL)",
                                                                                                                            "logic"), BETWEEN(
                                                                                                                                    "({0} BETWEEN {1} AND {2})",
                                                                                                                                    "between-in"), IN(
                                                                                                                                            "({0} IN ({1}, {2}, {3}))",
                                                                                                                                            "between-in"), LIKE(
                                                                                                                                                    "({0} LIKE {1})",
                                                                                                                                                    "like"), CASE(
                                                                                                                                                            "CASE WHEN {0} THEN {1} ELSE {2} END",
                                                                                                                                                            "conditional"), CASE_NO_ELSE(
                                                                                                                                                                    "CASE WHEN {0} THEN {1} END",
                                                                                                                                                                    "conditional"), IF(
                                                                                                                                                                            "if({0}, {1}, {2})",
                                                                                                                                                                            "CASE WHEN {0} THEN {1} ELSE {2} END",
                                                                                                                                                                            "conditional"), COALESCE(
                                                                                                                                                                                    "coalesce({0}, {1})",
                                                                                                                                                                                    "null"), NULLIF(
                                                                                                                                                                                            "nullif({0}, {1})",
                                                                                                                                                                                            "null"), GREATEST(
                                                                                                                                                                                                    "greatest({0}, {1})",
                                                                                                                                                                                                    "null"), LEAST(
                                                                                                                                                                                                            "least({0}, {1})",
                                                                                                                                                                                                            "null"), TO_STRING(
                                                                                                                                                                                                                    "CAST({0} AS STRING)",
                                                                                                                                                                                                                    "CAST({0} AS VARCHAR)",
                                                                                                                                                                                                                    "cast"), TO_BIGINT(
                                                                                                                                                                                                                            "CAST({0} AS BIGINT)",
                                                                                                                                                                                                                            "CAST(trunc({0}) AS BIGINT)",
                                                                                                                                                                                                                            "cast"), INT_TO_BIGINT(
                                                                                                                                                                                                                                    "CAST({0} AS BIGINT)",
                                                                                                                                                                                                                                    "cast"), TO_DOUBLE(
                                                                                                                                                                                                                                            "CAST({0} AS DOUBLE)",
                                                                                                                                                                                                                                            "cast"), TRY_INT(
                                                                                                                                                                                                                                                    "TRY_CAST({0} AS INT)",
                                                                                                                                                                                                                                                    "cast"), TO_DATE(
                                                                                                                                                                                                                                                            "CAST({0} AS DATE)",
                                                                                                                                                                                                                                                            "cast"), UPPER(
                                                                                                                                                                                                                                                                    "upper({0})",
                                                                                                                                                                                                                                                                    "string"), LOWER(
                                                                                                                                                                                                                                                                            "lower({0})",
                                                                                                                                                                                                                                                                            "string"), LENGTH(
                                                                                                                                                                                                                                                                                    "length({0})",
                                                                                                                                                                                                                                                                                    "CAST(length({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                    "string"), TRIM(
                                                                                                                                                                                                                                                                                            "trim({0})",
                                                                                                                                                                                                                                                                                            "string"), SUBSTRING(
                                                                                                                                                                                                                                                                                                    "substring({0}, {1}, {2})",
                                                                                                                                                                                                                                                                                                    "string"), CONCAT(
                                                                                                                                                                                                                                                                                                            "concat({0}, {1})",
                                                                                                                                                                                                                                                                                                            "({0} || {1})",
                                                                                                                                                                                                                                                                                                            "string"), REPLACE(
                                                                                                                                                                                                                                                                                                                    "replace({0}, {1}, {2})",
                                                                                                                                                                                                                                                                                                                    "string"), INSTR(
                                                                                                                                                                                                                                                                                                                            "instr({0}, {1})",
                                                                                                                                                                                                                                                                                                                            "CAST(instr({0}, {1}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                            "string"), STARTS_WITH(
                                                                                                                                                                                                                                                                                                                                    "startswith({0}, {1})",
                                                                                                                                                                                                                                                                                                                                    "starts_with({0}, {1})",
                                                                                                                                                                                                                                                                                                                                    "string"), LPAD(
                                                                                                                                                                                                                                                                                                                                            "lpad({0}, {1}, {2})",
                                                                                                                                                                                                                                                                                                                                            "string"), YEAR(
                                                                                                                                                                                                                                                                                                                                                    "year({0})",
                                                                                                                                                                                                                                                                                                                                                    "CAST(year({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                    "date"), MONTH(
                                                                                                                                                                                                                                                                                                                                                            "month({0})",
                                                                                                                                                                                                                                                                                                                                                            "CAST(month({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                            "date"), DAY(
                                                                                                                                                                                                                                                                                                                                                                    "day({0})",
                                                                                                                                                                                                                                                                                                                                                                    "CAST(day({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                                    "date"), HOUR(
                                                                                                                                                                                                                                                                                                                                                                            "hour({0})",
                                                                                                                                                                                                                                                                                                                                                                            "CAST(hour({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                                            "date"), MINUTE(
                                                                                                                                                                                                                                                                                                                                                                                    "minute({0})",
                                                                                                                                                                                                                                                                                                                                                                                    "CAST(minute({0}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                                                    "date"), DATE_ADD(
                                                                                                                                                                                                                                                                                                                                                                                            "date_add({0}, {1})",
                                                                                                                                                                                                                                                                                                                                                                                            "CAST(({0} + {1}) AS DATE)",
                                                                                                                                                                                                                                                                                                                                                                                            "date"), DATE_DIFF(
                                                                                                                                                                                                                                                                                                                                                                                                    "datediff({0}, {1})",
                                                                                                                                                                                                                                                                                                                                                                                                    "CAST(({0} - {1}) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                                                                    "date"), TRUNC_MINUTE(
                                                                                                                                                                                                                                                                                                                                                                                                            "date_trunc('MINUTE', {0})",
                                                                                                                                                                                                                                                                                                                                                                                                            "date"), PLUS_MINUTES(
                                                                                                                                                                                                                                                                                                                                                                                                                    "({0} + INTERVAL '5' MINUTE)",
                                                                                                                                                                                                                                                                                                                                                                                                                    "date"), SPLIT(
                                                                                                                                                                                                                                                                                                                                                                                                                            "split({0}, ' ')",
                                                                                                                                                                                                                                                                                                                                                                                                                            "string_split({0}, ' ')",
                                                                                                                                                                                                                                                                                                                                                                                                                            "array"), SPLIT_SIZE(
                                                                                                                                                                                                                                                                                                                                                                                                                                    "size(split({0}, ' '))",
                                                                                                                                                                                                                                                                                                                                                                                                                                    "CAST(len(string_split({0}, ' ')) AS INTEGER)",
                                                                                                                                                                                                                                                                                                                                                                                                                                    "array"),
    /// Of two texts.
    ARRAY("array({0}, {1})", "[{0}, {1}]", "array"),
    /// Of a text and a number.
    STRUCT("named_struct('x', {0}, 'y', {1})", "struct_pack(x := {0}, y := {1})", "struct"),
    /// The text of a struct.
    FIELD_X("({0}).x", "struct_extract({0}, 'x')", "struct"),
    /// The number of a struct.
    FIELD_Y("({0}).y", "struct_extract({0}, 'y')", "struct"),
    /// Of two numbers.
    MAP("map('p', {0}, 'q', {1})", "map(['p', 'q'], [{0}, {1}])", "map"),
    /// The same map, its entries in another order.
    MAP_TURNED("map('q', {1}, 'p', {0})", "map(['p', 'q'], [{0}, {1}])", "map"),
    /// One number of a map.
    ELEMENT("element_at({0}, 'p')", "list_extract(map_extract({0}, 'p'), 1)", "map"),
    /// Each text of an array in capitals.
    TRANSFORM_UPPER("transform({0}, e -> upper(e))", "list_transform({0}, lambda e: upper(e))", "lambda"),
    /// Each text of an array with another behind it.
    TRANSFORM_CONCAT("transform({0}, e -> concat(e, {1}))", "list_transform({0}, lambda e: e || {1})", "lambda"),
    /// The texts of an array above another.
    FILTER_ABOVE("filter({0}, e -> e > {1})", "list_filter({0}, lambda e: e > {1})", "lambda"),
    /// Whether an array has a text.
    EXISTS_SAME("coalesce(exists({0}, e -> e <=> {1}), FALSE)",
            "coalesce(len(list_filter({0}, lambda e: e IS NOT DISTINCT FROM {1})) > 0, FALSE)", "lambda"),
    /// The texts of an array one behind the other.
    REDUCE_CONCAT("aggregate({0}, '', (acc, e) -> concat(acc, coalesce(e, '-')))",
            "list_reduce({0}, lambda acc, e: acc || coalesce(e, '-'), '')", "lambda"),
    /// A program's function, which gives a value for NULL too.
    SHOUT("law_shout({0})", "coalesce({0} || '!', '?')", "program"),
    /// A program's function, which gives NULL for NULL.
    HALF("law_half({0})", "CAST(trunc({0} / 2) AS INTEGER)", "program"),
    /// A program's function of a number and a text.
    MIX("law_mix({0}, {1})", "CASE WHEN {1} IS NULL THEN CAST(0 AS BIGINT) ELSE coalesce({0}, 0) + length({1}) END",
            "program"),
    /// An expression that has a name, and reads its parameter twice.
    TWICE("law_twice({0})", "({0} + {0})", "named expression"),
    /// An expression that has a name, of a text and a number.
    LABEL("law_label({0}, {1})", "(coalesce({0}, '-') || ':' || coalesce(CAST({1} AS VARCHAR), '-'))",
            "named expression");

    final String sql;
    final String duck;
    final String functionClass;

    boolean isOf(Set<Part> parts) {
        return switch (functionClass) {
            case "lambda" -> parts.contains(Part.LAMBDA);
            case "program", "named expression" -> parts.contains(Part.PROGRAM);
            default -> true; // the others are always there
        };
    }

    Op(String both, String functionClass) {
        this(both, both, functionClass);
    }

    Op(String sql, String duck, String functionClass) {
        this.sql = sql;
        this.duck = duck;
        this.functionClass = functionClass;
    }
}
