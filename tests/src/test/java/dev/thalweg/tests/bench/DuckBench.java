package dev.thalweg.tests.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// DuckDB, with two threads, computing the same answer once, as a batch: no stream, but the ground that a stream stands on.
public final class DuckBench implements EngineRun.Engine {
    private final Statement sql;

    DuckBench(Statement sql) {
        this.sql = sql;
    }

    /// Runs what is asked for.
    ///
    /// @param arguments an [Assignment]
    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Assignment.of(arguments);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            prepare(sql, assignment.files());
            new EngineRun(new DuckBench(sql)).fulfil(assignment);
        }
    }

    /// Makes the input a view of its files.
    static void prepare(Statement sql, InputFiles files) throws SQLException {
        sql.execute("SET threads = 2");
        for (String statement : files.duckTables()) {
            sql.execute(statement);
        }
    }

    /// Every column of every row is looked at, as an engine must that hands its rows on.
    @Override
    public long run(Workload workload, Path checkpoint) throws Exception {
        String query = workload.sql(Dialect.DUCKDB).orElseThrow();
        sql.executeQuery("SELECT bit_xor(hash(COLUMNS(*))) FROM (" + query + ")").close();
        return 1;
    }

    @Override
    public void answer(Workload workload, Path checkpoint, Path target) throws Exception {
        Files.createDirectories(target);
        sql.execute("COPY (" + workload.sql(Dialect.DUCKDB).orElseThrow() + ") TO '" + target.resolve("answer.csv")
                + "' (HEADER)");
    }
}
