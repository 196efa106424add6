package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A SELECT")
final class SelectSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("over a table reads it as of now")
    void readsTables() {
        session.plans("SELECT user, url FROM clicks WHERE n > 1 AND url LIKE 'a%'", """
                LogicalProject(user=[$0], url=[$1])
                  LogicalFilter(condition=[AND(>($2, 1), like($1, 'a%':VARCHAR))])
                    LogicalTableScan(table=[[clicks]])
                """);
        assertThat(session.plan("SELECT * FROM clicks").isStreaming()).isFalse();
    }

    @Test
    @DisplayName("over STREAM reads trigger by trigger, and the declared watermark stands above the scan")
    void readsStreams() {
        session.plans("SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url", """
                LogicalAggregate(group=[{0}], n=[count()])
                  LogicalProject(url=[$1])
                    LogicalWatermark(column=[ts], delayMicros=[10000000])
                      LogicalTableScan(table=[[clicks]])
                """);
        assertThat(session.plan("SELECT * FROM STREAM clicks").isStreaming()).isTrue();
    }
}
