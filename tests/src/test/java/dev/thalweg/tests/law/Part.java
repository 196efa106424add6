package dev.thalweg.tests.law;

import java.util.EnumSet;
import java.util.Set;

/// A part of SQL that the law draws only where the engine has it. The oracles know all of them.
enum Part {
    /// Joins of streams, with bounds on time and without.
    STREAM_JOIN,
    /// As-of joins of streams, and of a stream with a table.
    ASOF_JOIN,
    /// Outer joins with a table that keep the table's rows.
    TABLE_KEPT,
    /// IN, NOT IN, EXISTS, NOT EXISTS and scalar subqueries over streams.
    STREAM_SUBQUERY,
    /// INTERSECT and EXCEPT, of streams and with a table.
    SET_OPERATION,
    /// UNION of a stream with a table.
    UNION_WITH_TABLE,
    /// ORDER BY with LIMIT, filters on ranks, QUALIFY.
    TOP,
    /// Window functions.
    OVER,
    /// Session windows.
    SESSION,
    /// More aggregates: by another column, exact percentiles, bits, conditions.
    AGGREGATES,
    /// Higher-order functions.
    LAMBDA,
    /// Conditions on `clock()`.
    CLOCK,
    /// LATERAL with LIMIT.
    LATERAL,
    /// WITH RECURSIVE.
    RECURSION,
    /// PIVOT.
    PIVOT,
    /// MATCH_RECOGNIZE.
    MATCH,
    /// Windows of windows.
    WINDOW_TIME,
    /// Joins of rows with the extreme of their own group.
    EXTREMES,
    /// A time to live of keys and of the rows of joins.
    TIME_TO_LIVE,
    /// Functions and aggregates of a program, and functions that are SQL expressions.
    PROGRAM;

    static final Set<Part> ALL = EnumSet.allOf(Part.class);

    /// What the engine has; the properties that run it draw nothing else.
    static final Set<Part> LANDED = EnumSet.allOf(Part.class);
}
