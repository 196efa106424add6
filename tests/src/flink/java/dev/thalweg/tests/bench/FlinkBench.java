package dev.thalweg.tests.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.RemoteStreamEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/// Flink with two slots in one cluster that serves all runs, exactly once, with the settings that NEXMark's authors give it:
/// rows in small batches, distinct counts split, objects reused.
///
/// Its checkpoints are as far apart as lets a dozen of them pass in a run: a second in the first run, then a part of what the
/// run before took (a smaller one after the cold run), never more than ten seconds.
public final class FlinkBench implements EngineRun.Engine {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final int CHECKPOINTS = 12;
    private static final Duration LEAST = Duration.ofMillis(20);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final MiniCluster cluster;
    private final Assignment assignment;
    private Duration interval = Duration.ofSeconds(1);
    private boolean cold = true;

    private FlinkBench(MiniCluster cluster, Assignment assignment) {
        this.cluster = cluster;
        this.assignment = assignment;
    }

    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Assignment.of(arguments);
        Configuration configuration = Configuration.fromMap(Map.of("rest.address", "localhost",
                "security.delegation.tokens.enabled", "false", "taskmanager.memory.managed.size", "1g",
                "io.tmp.dirs", Files.createDirectories(assignment.work().resolve("flink")).toString()));
        MiniClusterConfiguration wanted = new MiniClusterConfiguration.Builder().setConfiguration(configuration)
                .setNumTaskManagers(1).setNumSlotsPerTaskManager(2).withRandomPorts().build();
        try (MiniCluster cluster = new MiniCluster(wanted)) {
            cluster.start();
            new EngineRun(new FlinkBench(cluster, assignment)).fulfil(assignment);
        }
    }

    @Override
    public long run(Workload workload, Path checkpoint) throws Exception {
        long start = System.nanoTime();
        JobID job = query(workload, checkpoint).executeInsert(TableDescriptor.forConnector("blackhole").build())
                .getJobClient().orElseThrow().getJobID();
        // a client of the cluster would ask now and then, and learn of the end up to two seconds late
        cluster.requestJobResult(job).get().toJobExecutionResult(FlinkBench.class.getClassLoader());
        interval = Duration.ofNanos((System.nanoTime() - start) / (cold ? 2 * CHECKPOINTS : CHECKPOINTS));
        cold = false;
        interval = interval.compareTo(LEAST) < 0 ? LEAST : interval.compareTo(MOST) > 0 ? MOST : interval;
        return cluster.getArchivedExecutionGraph(job).get().getCheckpointStatsSnapshot().getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    @Override
    public void answer(Workload workload, Path checkpoint, Path target) throws Exception {
        Map<String, Integer> rows = new HashMap<>();
        Table query = query(workload, checkpoint);
        try (CloseableIterator<Row> changes = query.execute().collect();
                BufferedWriter out = Files.newBufferedWriter(Files.createDirectories(target).resolve("answer.csv"))) {
            out.write(String.join(",", query.getResolvedSchema().getColumnNames()) + "\n");
            while (changes.hasNext()) {
                Row row = changes.next();
                if (!workload.has(Workload.Trait.STATE)) {
                    out.write(line(row));
                    continue;
                }
                int sign = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER ? 1 : -1;
                rows.merge(line(row), sign, (one, other) -> one + other == 0 ? null : one + other);
            }
            for (Map.Entry<String, Integer> row : rows.entrySet()) {
                for (int time = 0; time < row.getValue(); time++) {
                    out.write(row.getKey());
                }
            }
        }
    }

    private Table query(Workload workload, Path checkpoint) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("parallelism.default", "2", "execution.checkpointing.mode",
                "EXACTLY_ONCE", "execution.checkpointing.interval", interval.toMillis() + " ms",
                "execution.checkpointing.dir", checkpoint.toUri().toString(), "state.backend.type",
                assignment.store().equals("rocksdb") ? "rocksdb" : "hashmap", "execution.checkpointing.incremental",
                Boolean.toString(assignment.store().equals("rocksdb")), "pipeline.object-reuse", "true"));
        settings.putAll(Map.of("table.exec.mini-batch.enabled", "true", "table.exec.mini-batch.allow-latency", "2 s",
                "table.exec.mini-batch.size", "50000", "table.optimizer.distinct-agg.split.enabled", "true",
                "table.local-time-zone", "UTC"));
        java.net.URI address = cluster.getRestAddress().get();
        StreamTableEnvironment tables = StreamTableEnvironment.create(
                new RemoteStreamEnvironment(address.getHost(), address.getPort(), Configuration.fromMap(settings)));
        if (workload.input().side().isPresent()) {
            tables.createTemporarySystemFunction("campaign_of",
                    new CampaignOf(assignment.files().side(workload.input().side().get()).toString()));
        }
        workload.input().streams().forEach(
                (table, columns) -> tables.executeSql(createTable(workload, table, columns)));
        return tables.sqlQuery(workload.sql(Dialect.FLINK).orElseThrow());
    }

    /// Times in JSON say that they are of UTC, those in Parquet do not. A column with a watermark may be no finer than
    /// milliseconds, which changes no window.
    private String createTable(Workload workload, String table, String declared) {
        InputFiles files = assignment.files();
        Input input = workload.input();
        boolean byTime = workload.has(Workload.Trait.EVENT_TIME);
        String time = (files.encoding() == Input.Encoding.JSON ? "TIMESTAMP_LTZ" : "TIMESTAMP") + (byTime ? "(3)" : "(6)");
        String columns = Arrays.stream(declared.split(", ")).map(column -> column.split(" "))
                .map(column -> "`" + column[0] + "` " + (column[1].equals("TIMESTAMP") ? time : column[1]))
                .collect(Collectors.joining(", "));
        return "CREATE TEMPORARY TABLE `" + table + "` (" + columns
                + (byTime ? ", WATERMARK FOR `" + input.time() + "` AS `" + input.time() + "` - INTERVAL '10' SECOND" : "")
                + ") WITH ('connector' = 'filesystem', 'path' = '"
                + (byTime ? files.dealt(table) : files.rows(table)).toUri() + "', " + switch (files.encoding()) {
                    case TEXT -> "'format' = 'raw'";
                    case JSON -> "'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601'";
                    case PARQUET -> "'format' = 'parquet', 'parquet.utc-timezone' = 'true'";
                } + ")";
    }

    private static String line(Row row) {
        return IntStream.range(0, row.getArity()).mapToObj(column -> text(row.getField(column)))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case LocalDateTime time -> MICROS.format(time);
            case Instant time -> MICROS.format(time.atOffset(ZoneOffset.UTC));
            case BigDecimal number -> number.toPlainString();
            case String text -> '"' + text.replace("\"", "\"\"") + '"';
            default -> value.toString();
        };
    }
}
