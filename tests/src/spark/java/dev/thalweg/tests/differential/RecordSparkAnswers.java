package dev.thalweg.tests.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager;
import org.apache.spark.sql.types.DataType;

/// Asks Spark what it makes of each expression in `src/test/resources/spark/*.tsv`, and of the streaming queries in
/// `streams.txt`, and writes its answers into the files.
///
/// To add a case, add a line that holds just the expression and run `mvn verify -Pspark`; read
/// the diff before you commit it. A line that already has an answer is asked again, unless `-Dspark.new=true` says so. Lines that begin with `# zone:` set
/// the session time zone for those below, `# from:` an inline table that they select from; where that gives several rows,
/// the answer is all of them, sorted.
///
/// Each expression is evaluated at run time, with constant folding off; where folding gives another answer, a line on
/// standard error says so.
public final class RecordSparkAnswers {
    private static final String NOT_FOLDED = "org.apache.spark.sql.catalyst.optimizer.ConstantFolding,"
            + "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation,"
            + "org.apache.spark.sql.catalyst.optimizer.NullPropagation,"
            + "org.apache.spark.sql.catalyst.optimizer.SimplifyExtractValueOps";

    /// Asks only for what has no answer yet: `-Dspark.new=true`.
    static final boolean ONLY_NEW = Boolean.getBoolean("spark.new");

    private final SparkSession spark;
    private String from = "";

    private RecordSparkAnswers(SparkSession spark) {
        this.spark = spark;
    }

    public static void main(String[] arguments) throws IOException {
        List<Path> wanted;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            wanted = files.filter(file -> isWanted(file, arguments)).sorted().toList();
        }
        for (Path file : wanted) {
            boolean isStreams = file.toString().endsWith(".txt");
            SparkSession spark = session(isStreams ? "local[16]" : "local[1]"); // one task: rows in their order
            if (isStreams) {
                RecordSparkStreams.record(spark, file);
            } else {
                new RecordSparkAnswers(spark).record(file);
            }
            spark.stop();
        }
    }

    private static SparkSession session(String master) {
        SparkSession spark = SparkSession.builder().master(master).config("spark.ui.enabled", "false")
                .config("spark.sql.ansi.enabled", "true").config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.session.timeZone", "UTC").config("spark.sql.timeType.enabled", "true")
                .config("spark.sql.artifact.isolation.enabled", "false") // else each session compiles all anew
                .config("spark.hadoop.fs.file.impl", PlainLocalFiles.class.getName())
                .config("spark.sql.streaming.checkpointFileManagerClass",
                        FileSystemBasedCheckpointFileManager.class.getName())
                .getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
        return spark;
    }

    /// @param arguments the folder, and perhaps names of the files that are wanted
    private static boolean isWanted(Path file, String[] arguments) {
        String[] name = file.getFileName().toString().split("\\.", 2);
        return (name[1].equals("tsv") || name[0].equals("streams"))
                && (arguments.length == 1 || Arrays.asList(arguments).contains(name[0]));
    }

    private void record(Path file) throws IOException {
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        List<String> answered = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith("# zone:")) {
                spark.conf().set("spark.sql.session.timeZone", line.substring("# zone:".length()).strip());
            } else if (line.startsWith("# from:")) {
                from = " FROM " + line.substring("# from:".length()).strip();
            }
            answered.add(line.isBlank() || line.startsWith("#") || isAnswered(line) ? line : answer(line.split("\t", 2)[0].strip()));
        }
        Files.write(file, answered, StandardCharsets.UTF_8);
    }

    private static boolean isAnswered(String line) {
        return ONLY_NEW && line.contains("\t");
    }

    private String answer(String expression) {
        spark.conf().set("spark.sql.optimizer.excludedRules", "");
        String folded = evaluate(expression);
        spark.conf().set("spark.sql.optimizer.excludedRules", NOT_FOLDED);
        String evaluated = evaluate(expression);
        if (!folded.equals(evaluated) && !folded.startsWith("ERROR")) {
            System.err.println(expression + " is " + evaluated + " when evaluated, " + folded + " when folded");
        }
        boolean bothFail = folded.startsWith("ERROR") && evaluated.startsWith("ERROR");
        boolean needsFolding = evaluated.endsWith("INTERNAL_ERROR"); // the bounds of a frame
        return expression + "\t" + (bothFail || needsFolding ? folded : evaluated); // folding names the error, a task hides it
    }

    private String evaluate(String expression) {
        try {
            Dataset<?> answer = (Dataset<?>) spark.sql("SELECT " + expression + from);
            DataType type = answer.schema().fields()[0].dataType();
            InternalRow[] rows = answer.queryExecution().executedPlan().executeCollect();
            return SparkValues.type(type) + "\t" + Arrays.stream(rows)
                    .map(row -> SparkValues.text(row.isNullAt(0) ? null : row.get(0, type), type)).sorted()
                    .collect(Collectors.joining(" "));
        } catch (Throwable failure) { // Spark wraps some of its errors in Error
            return "ERROR\t" + condition(failure);
        }
    }

    /// The innermost error condition that Spark names, else the innermost class.
    private static String condition(Throwable failure) {
        String condition = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable named && named.getCondition() != null) {
                condition = named.getCondition();
            }
        }
        return condition;
    }
}
