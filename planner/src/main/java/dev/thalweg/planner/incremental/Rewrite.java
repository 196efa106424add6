package dev.thalweg.planner.incremental;

import java.util.EnumSet;
import java.util.Set;

/// A rewrite that makes plans cheaper and changes no result and, but for [#KEEP_EXTREMES] and [#SHARE_NODES], no late count. The law holds
/// it to that: it runs queries with and without. No setting turns one off.
public enum Rewrite {
    /// Filters move towards the tables, projections merge.
    PUSH_DOWN,
    /// Columns that nobody reads are left out.
    PRUNE_COLUMNS,
    /// Sessions and the aggregate above them are one node where partial results can be merged.
    FUSE_SESSIONS,
    /// A join of rows with the extreme of their own group keeps these rows only, and refuses a late row once.
    KEEP_EXTREMES,
    /// Rows that are made different right below a join are told apart by what the join keeps of them.
    KEEP_IN_JOIN,
    /// What a query reads or keeps twice is read and kept once, and then refuses a late row once.
    SHARE_NODES;

    /// What every session plans with.
    public static final Set<Rewrite> ALL = Set.of(values());

    /// With which one of several results is planned: what only the join of one keeps could not be kept once for all.
    public static final Set<Rewrite> OF_SEVERAL = Set.copyOf(EnumSet.complementOf(EnumSet.of(KEEP_IN_JOIN)));
}
