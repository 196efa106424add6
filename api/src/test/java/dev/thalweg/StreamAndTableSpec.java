package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table that a program reads as a stream and as of now")
final class StreamAndTableSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();

    @BeforeEach
    void fill() {
        session.sql("CREATE STREAM t (k STRING, v INT) USING memory");
        session.sql("INSERT INTO t VALUES ('a', 1), ('b', 2)");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("is both, whichever is named first")
    void isBoth() throws Exception {
        Dataset<Row> table = session.table("t");
        Dataset<Row> stream = session.readStream().table("t");
        assertThat(table.union(stream).isStreaming()).isTrue();
        assertThat(stream.union(table).isStreaming()).isTrue();
        assertThat(table.union(table).isStreaming()).isFalse();
        table.union(stream).writeStream().queryName("u").format("memory").start().processAllAvailable();
        assertThat(session.sql("SELECT * FROM u").count()).isEqualTo(4);
        stream.as("a").join(table.as("b"), "k").writeStream().queryName("j").format("memory").start()
                .processAllAvailable();
        assertThat(session.sql("SELECT * FROM j").count()).isEqualTo(2);
    }
}
