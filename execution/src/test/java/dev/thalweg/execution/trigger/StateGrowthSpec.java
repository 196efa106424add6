package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.trigger.StateGrowth.Unbounded;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The growth of a query's state")
final class StateGrowthSpec {
    private static final StreamPlan BY_USER = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("without end is refused where the user says so, with operator and remedy, before anything is written")
    void refuses() {
        bench.with(bench.settings().withGrowth(new StateGrowth(Unbounded.REFUSE, Long.MAX_VALUE)));
        assertThatThrownBy(() -> bench.start(BY_USER)).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("Aggregate by [user]").hasMessageContaining("give the stream a watermark")
                .hasMessageContaining("THW-3280");
        assertThat(directory).isEmptyDirectory();
        StreamPlan windows = Plans.plan(Plans.countByWindow(Plans.watermark(Plans.clicks(), 0), 60_000_000),
                OutputMode.UPDATE);
        assertThat(bench.start(windows).isActive()).isTrue();
    }

    @Test
    @DisplayName("stops at a limit, and the query goes on with a higher one as if nothing had happened")
    void stopsAtALimit() {
        bench.with(bench.settings().withGrowth(new StateGrowth(Unbounded.ALLOW, 2)));
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 1L, 0L);
        QueryRun query = bench.start(BY_USER);
        query.processAllAvailable();
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("c", 1L, 0L);
        assertThatThrownBy(query::processAllAvailable).isInstanceOf(Unavailable.class)
                .hasMessageContaining("would hold 3 rows").hasMessageContaining("Aggregate by [user]")
                .hasMessageContaining("THW-4260");
        bench.with(bench.settings().withGrowth(new StateGrowth(Unbounded.ALLOW, 3)));
        bench.newProcess();
        bench.start(BY_USER).processAllAvailable();
        assertThat(bench.taken.rows(1)).containsExactlyInAnyOrder("a, 2", "c, 1");
    }
}
