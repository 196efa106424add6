package dev.thalweg;

import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.execution.memory.BufferPool;
import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.parser.Statement;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.Running;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.Output;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import dev.thalweg.streaming.DataStreamReader;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryManager;
import dev.thalweg.streaming.WriteRequest;
import dev.thalweg.types.StructType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// Where a program begins: reads tables and streams, runs SQL, and owns the queries it starts.
///
/// Several sessions can live in one JVM; each has its own catalog, settings and queries. Closing one stops its queries after
/// the trigger that each is in.
///
/// **Thread** any.
public final class ThalwegSession implements AutoCloseable {
    public static final String VERSION = "0.1.0-SNAPSHOT";

    private final Output output;
    private final BufferPool buffers;
    private final BufferAllocator memory;
    private final MemoryTables tables = new MemoryTables();
    private final Engine engine;
    private final dev.thalweg.planner.catalog.Catalog catalog = new dev.thalweg.planner.catalog.Catalog();
    private final QueryPlanner planner;
    private final RuntimeConfig config = new RuntimeConfig();
    private final StreamingQueryManager streams;
    private final QueryStarter starter;
    private final AtomicLong datasets = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ThalwegSession(Builder builder) {
        JvmFlags.check();
        this.buffers = new BufferPool();
        this.memory = buffers.allocator();
        this.output = builder.output;
        StageCompiler compiler = new StageCompiler(new FunctionTable(ScalarFunctions.CLASSES));
        this.engine = new Engine(new Engine.Environment(builder.clock, memory, output, tables, Connectors.discover(),
                compiler, Runtime.getRuntime().availableProcessors(),
                new CrashProbe(builder.steps, builder.faults)));
        this.planner = new QueryPlanner(catalog, FunctionRegistry.load());
        builder.settings.forEach(config::set);
        this.streams = new StreamingQueryManager(engine, run -> new RunningQuery(this, run));
        this.starter = new QueryStarter(this);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// What a session is made of.
    public static final class Builder {
        private final Map<String, String> settings = new java.util.TreeMap<>();
        private Output output = new StandardOutput();
        private Clock clock = Clock.systemUTC();
        private DurableStep.Listener steps = DurableStep.Listener.NONE;
        private LogFaults faults = LogFaults.NONE;

        private Builder() {}

        /// For people only.
        public Builder appName(String name) {
            return this;
        }

        /// `local[n]` sets the number of tasks; `local[*]` and `local` leave it at the number of cores.
        public Builder master(String master) {
            java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("local(?:\\[(\\d+|\\*)\\])?")
                    .matcher(master);
            if (!matcher.matches()) {
                throw new dev.thalweg.spi.error.InvalidOption("master", master, "local, local[n] or local[*]");
            }
            if (matcher.group(1) != null && !matcher.group(1).equals("*")) {
                settings.put(Setting.TASKS.key(), matcher.group(1));
            }
            return this;
        }

        public Builder config(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public Builder config(String name, long value) {
            return config(name, Long.toString(value));
        }

        public Builder config(String name, boolean value) {
            return config(name, Boolean.toString(value));
        }

        /// Where `console`, `show()` and `printSchema()` write; standard output by default.
        public Builder output(Output destination) {
            this.output = destination;
            return this;
        }

        /// The only clock of the session; tests hand in their own.
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /// Told of every durable step; crash tests stop the process there.
        public Builder durableSteps(DurableStep.Listener listener) {
            this.steps = listener;
            return this;
        }

        /// Makes the log misbehave; crash tests see by it that they would notice.
        public Builder logFaults(LogFaults misbehaviour) {
            this.faults = misbehaviour;
            return this;
        }

        /// A session of its own.
        public ThalwegSession create() {
            return new ThalwegSession(this);
        }

        /// The session that this JVM has, if one is open; else a new one. Settings of the builder are put on either.
        public ThalwegSession getOrCreate() {
            return SessionHolder.getOrCreate(this::create, session -> settings.forEach(session.config::set));
        }
    }

    public String version() {
        return VERSION;
    }

    public RuntimeConfig conf() {
        return config;
    }

    public Catalog catalog() {
        return new Catalog(this);
    }

    public StreamingQueryManager streams() {
        return streams;
    }

    /// Where functions of the program get names that SQL knows.
    public UDFRegistration udf() {
        return new UDFRegistration(planner.functions().users());
    }

    /// Reads tables as they are now.
    public DataFrameReader read() {
        return new DataFrameReader(request -> Dataset.of(this, Tables.load(this, request, false)), this::table);
    }

    /// Reads streams.
    public DataStreamReader readStream() {
        return new DataStreamReader(request -> Dataset.of(this, Tables.load(this, request, true)),
                name -> sql("SELECT * FROM STREAM `" + name.replace("`", "``") + "`"));
    }

    /// Starts one query with the results of several writers: what they have in common is read once and kept once, and all
    /// results are committed together, trigger by trigger, each in its writer's output mode. The writers are not started by themselves; a memory sink among
    /// them is read under its own queryName.
    ///
    /// @param name of the query
    public StreamingQuery multi(String name, DataStreamWriter<?>... writers) {
        checkOpen();
        List<WriteRequest<?>> requests = new ArrayList<>();
        for (DataStreamWriter<?> writer : writers) {
            requests.add(writer.request());
        }
        return starter.startAll(name, requests);
    }

    /// A table, view or result of the catalog, as it is now.
    public Dataset<Row> table(String name) {
        return sql("SELECT * FROM `" + name.replace("`", "``") + "`");
    }

    /// Runs one statement. A query gives its dataset, which is not computed yet; any other statement is carried out, and the
    /// dataset says what it answered.
    public Dataset<Row> sql(String statement) {
        return execute(StatementParser.parseStatement(statement));
    }

    public Dataset<Row> execute(Statement statement) {
        checkOpen();
        return new StatementRunner(this, starter).run(statement);
    }

    public Dataset<Row> createDataFrame(List<Row> rows, StructType schema) {
        RowType type = schema.toRow();
        String id = "dataframe-" + nextDatasetId();
        if (!rows.isEmpty()) {
            addRows(id, rows, type);
        }
        return Dataset.of(this, Tables.memory(this, id, id, type, false));
    }

    public Dataset<Row> emptyDataFrame() {
        return createDataFrame(List.of(), new StructType());
    }

    /// A stream for tests, which `FROM STREAM name` reads too. Asked for again with the same columns, it is the same one.
    ///
    /// **Errors** `THW-1102` when something else has the name
    public MemoryStream memoryStream(String name, StructType schema) {
        Tables.createMemoryStream(this, name, schema.toRow());
        return new MemoryStream(name, schema, rows -> addRows(name, rows, schema.toRow()),
                () -> readStream().table(name));
    }

    /// Appends rows to a memory table, as one batch.
    void addRows(String memoryId, List<Row> rows, RowType type) {
        try (BatchBuilder builder = new BatchBuilder(type, memory)) {
            rows.forEach(row -> builder.add(Values.fromRow(row, type)));
            tables.table(memoryId).append(builder.build());
        }
    }

    Engine engine() {
        return engine;
    }

    MemoryTables memoryTables() {
        return tables;
    }

    BufferAllocator memory() {
        return memory;
    }

    dev.thalweg.planner.catalog.Catalog tableCatalog() {
        return catalog;
    }

    QueryPlanner planner() {
        return planner;
    }

    String nextDatasetId() {
        return Dataset.ID_PREFIX + datasets.incrementAndGet();
    }

    /// A name in FROM that no other relation of this session has.
    String nextRelation() {
        return Scope.RELATION_PREFIX + datasets.incrementAndGet();
    }

    LogicalPlan plan(SqlNode query, Map<String, LogicalPlan> relations) {
        return planner.plan(query, relations);
    }

    void checkColumn(LogicalPlan plan, String name) {
        if (plan.names().stream().noneMatch(name::equalsIgnoreCase)) {
            String hint = NearNames.nearest(name, plan.names()).map(n -> "Did you mean '" + n + "'? ")
                    .orElse("");
            throw new InvalidQuery("THW-1104", "Unknown column '" + name + "'.\n" + hint + "The dataset has: "
                    + String.join(", ", plan.names()) + ".");
        }
    }

    void createView(String name, LogicalPlan plan, boolean replace) {
        CatalogEntry.View view = planner.view(name, plan, true, List.of());
        if (replace) {
            catalog.createOrReplace(view);
        } else {
            catalog.create(view);
        }
    }

    /// As Spark does, with an empty line behind it.
    void print(String text) {
        output.print(text.endsWith("\n") ? text + "\n" : text + "\n\n");
    }

    String logicalText(QueryRun run) {
        return starter.logical(run);
    }

    String explain(LogicalPlan plan, boolean extended) {
        StreamPlan incremental = incremental(plan, running());
        return extended
                ? ExplainPrinter.printExtended(plan.text(), incremental)
                : ExplainPrinter.print(incremental);
    }

    String explainCode(LogicalPlan plan) {
        return engine.explainCode(incremental(plan, running()));
    }

    private Running running() {
        return config.running(dev.thalweg.planner.incremental.OutputMode.UPDATE, Optional.empty());
    }

    static StreamPlan incremental(LogicalPlan plan, Running running) {
        return plan.isStreaming() ? IncrementalPlanner.stream(plan, running) : IncrementalPlanner.batch(plan);
    }

    <T> DataStreamWriter<T> writer(Dataset<T> dataset) {
        return new DataStreamWriter<>(dataset, starter::start);
    }

    /// Computes a dataset over what its tables and streams hold now.
    BatchResult run(LogicalPlan plan) {
        checkOpen();
        return engine.runBatch(IncrementalPlanner.batch(plan.asOfNow()), config.engineSettings());
    }

    @SuppressWarnings("unchecked") // Row is the only T there is
    <T> List<T> collect(Dataset<T> dataset) {
        try (BatchResult result = run(dataset.plan())) {
            List<Row> rows = new ArrayList<>();
            result.batches().forEach(batch -> rows.addAll(rows(batch)));
            return (List<T>) rows;
        }
    }

    static List<Row> rows(Batch batch) {
        RowType type = batch.type();
        StructType schema = StructType.of(type);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < type.size(); column++) {
                values.add(VectorValues.get(batch.vector(column), batch.physical(row), type.type(column)));
            }
            rows.add(Values.toRow(values, type, schema));
        }
        return rows;
    }

    String table(Dataset<?> dataset, int rows, int truncate) {
        Dataset<?> more = dataset.limit(rows + 1);
        try (BatchResult result = run(more.plan())) {
            return ResultText.table(result, rows, truncate, config.zone());
        }
    }

    Dataset<Row> late(String query) {
        return Dataset.of(this, Tables.late(this, query));
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new InvalidQuery("THW-3107", "The session is closed. Make a new one with ThalwegSession.builder().");
        }
    }

    public void stop() {
        close();
    }

    /// Stops every query after its trigger, waits for all of them, and frees what the session holds.
    ///
    /// **Errors** `THW-4023` when a query that runs closes it (in a foreachBatch, a listener): the session stays open
    @Override
    public void close() {
        engine.close();
        if (closed.getAndSet(true)) {
            return;
        }
        SessionHolder.forget(this);
        tables.close();
        try (buffers) {
            memory.close();
        }
    }
}
