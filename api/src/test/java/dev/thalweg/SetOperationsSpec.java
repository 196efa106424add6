package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Set operations and samples of datasets")
final class SetOperationsSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> left = session.sql("SELECT * FROM VALUES (1), (1), (2), (NULL)");
    private final Dataset<Row> right = session.sql("SELECT * FROM VALUES (1), (3), (NULL)");

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("keep what both have, or what the other has not, each once or as often as it is there")
    void keep() {
        assertThat(left.intersect(right).count()).isEqualTo(2);
        assertThat(left.intersectAll(left).count()).isEqualTo(4);
        assertThat(left.except(right).collectAsList()).hasSize(1);
        assertThat(left.exceptAll(right).count()).isEqualTo(2);
    }

    @Test
    @DisplayName("draw the same rows with the same seed, in batch and as a stream")
    void draw() throws Exception {
        session.sql("CREATE STREAM t (id BIGINT) USING memory");
        session.sql("INSERT INTO t SELECT id FROM range(1000)");
        Dataset<Row> drawn = session.table("t").sample(0.1, 7);
        assertThat(drawn.count()).isBetween(50L, 150L).isEqualTo(drawn.count());
        session.readStream().table("t").sample(0.1, 7).writeStream().queryName("drawn").format("memory").start()
                .processAllAvailable();
        assertThat(session.table("drawn").except(drawn).count()).isZero();
        assertThat(session.table("drawn").count()).isEqualTo(drawn.count());
        assertThat(session.table("t").sample(0.5).count()).isBetween(350L, 650L);
        assertThat(session.table("t").sample(1.0, 3).count()).isEqualTo(1000);
        assertThatThrownBy(() -> left.sample(1.5)).hasMessageContaining("THW-3221");
        assertThatThrownBy(() -> left.sample(true, 0.5)).hasMessageContaining("THW-3222");
    }
}
