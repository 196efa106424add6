package dev.thalweg.planner.incremental;

/// What a hint names, for messages only: plans are alike whatever it is called.
public record HintedRelation(String name) {
    @Override
    public boolean equals(Object other) {
        return other instanceof HintedRelation;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "";
    }
}
