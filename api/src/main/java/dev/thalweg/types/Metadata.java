package dev.thalweg.types;

/// What Spark lets a program attach to a column. No column here carries any, so the only one there is is empty.
public final class Metadata {
    private static final Metadata EMPTY = new Metadata();

    private Metadata() {}

    public static Metadata empty() {
        return EMPTY;
    }

    public String json() {
        return "{}";
    }

    @Override
    public String toString() {
        return json();
    }
}
