package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.state.log.LogFaults;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A trigger whose changes the log cannot take")
final class LogLimitSpec {
    private static final int ROWS = 100;
    private static final StreamPlan COUNTS = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
        for (int i = 0; i < ROWS; i++) {
            bench.clicks().add("user " + i, 1L, 0L);
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void fails(String code) {
        QueryRun query = bench.start(COUNTS);
        assertThatThrownBy(query::processAllAvailable).hasMessageContaining(code);
        assertThat(bench.taken.rows()).isEmpty();
    }

    private void goesOnWithLess() {
        bench.clicks().limit(10);
        bench.start(COUNTS).processAllAvailable();
        assertThat(bench.taken.rows(0)).hasSize(10);
        assertThat(bench.taken.rows()).hasSize(ROWS);
    }

    @Test
    @DisplayName("because they are too many leaves no trace: the query goes on when it takes less a trigger")
    void tooLarge() {
        bench.newProcess(LogFaults.refusingRecordsOver(2_000));
        fails("THW-5014");
        bench.newProcess();
        goesOnWithLess();
    }

    @Test
    @DisplayName("because the disk is full leaves no trace: the query goes on when it takes less a trigger")
    void diskFull() {
        bench.newProcess(LogFaults.diskOf(2_000));
        fails("THW-5013");
        bench.newProcess(LogFaults.NONE);
        goesOnWithLess();
    }

    @Test
    @DisplayName("runs again as it was where its sink has acted on it")
    void actsAtOnce() {
        bench.taken.actsAtOnce();
        bench.newProcess(LogFaults.refusingRecordsOver(2_000));
        fails("THW-5014");
        bench.newProcess(LogFaults.NONE);
        bench.clicks().limit(10);
        bench.start(COUNTS).processAllAvailable();
        assertThat(bench.taken.rows(0)).hasSize(ROWS);
    }
}
