package dev.thalweg.tests.law;

/// A bug planted between the engine and its oracle.
enum Fault {
    NONE, SKIPPED_RESTORE, LOST_RETRACTION, MISSING_UPDATE_BEFORE;

    QueryCase seen(QueryCase query) {
        return query;
    }

    boolean swallows(String change) {
        return this == LOST_RETRACTION && change.equals("-D") || this == MISSING_UPDATE_BEFORE && change.equals("-U");
    }
}
