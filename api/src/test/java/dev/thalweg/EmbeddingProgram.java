package dev.thalweg;

/// What [EmbeddingSpec] runs in a JVM of its own.
final class EmbeddingProgram {
    private EmbeddingProgram() {}

    static void main(String[] args) {
        try (ThalwegSession session = ThalwegSession.builder().getOrCreate()) {
            session.sql("SELECT 'forty-two' AS answer").show();
        }
    }
}
