package dev.thalweg.tests.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.DataType;

/// Asks Spark what it makes of each expression in `src/test/resources/spark/*.tsv`, and of the streaming queries in
/// `streams.txt`, and writes its answers into the files.
///
/// To add a case, add a line that holds just the expression and run `mvn verify -Pspark`; read
/// the diff before you commit it. A line that already has an answer is asked again. Lines that begin with `# zone:` set
/// the session time zone for those below, `# from:` an inline table that they select from.
///
/// Each expression is evaluated at run time, with constant folding off; where folding gives another answer, a line on
/// standard error says so.
public final class RecordSparkAnswers {
    private static final String NOT_FOLDED = "org.apache.spark.sql.catalyst.optimizer.ConstantFolding,"
            + "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation,"
            + "org.apache.spark.sql.catalyst.optimizer.NullPropagation,"
            + "org.apache.spark.sql.catalyst.optimizer.SimplifyExtractValueOps";

    private final SparkSession spark;
    private String from = "";

    private RecordSparkAnswers(SparkSession spark) {
        this.spark = spark;
    }

    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false")
                .config("spark.sql.ansi.enabled", "true").config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.session.timeZone", "UTC").getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".tsv")).sorted().toList()) {
                if (arguments.length < 2 || file.getFileName().toString().contains(arguments[1])) {
                    new RecordSparkAnswers(spark).record(file);
                }
            }
        }
        if (arguments.length < 2 || arguments[1].equals("streams")) {
            RecordSparkStreams.record(spark, Path.of(arguments[0]).resolve("streams.txt"));
        }
        spark.stop();
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
            answered.add(line.isBlank() || line.startsWith("#") ? line : answer(line.split("\t", 2)[0].strip()));
        }
        Files.write(file, answered, StandardCharsets.UTF_8);
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
        return expression + "\t" + (bothFail ? folded : evaluated); // folding names the error, a task hides it
    }

    private String evaluate(String expression) {
        try {
            Dataset<?> answer = (Dataset<?>) spark.sql("SELECT " + expression + from);
            DataType type = answer.schema().fields()[0].dataType();
            InternalRow[] rows = answer.queryExecution().executedPlan().executeCollect();
            Object value = rows[0].isNullAt(0) ? null : rows[0].get(0, type);
            return SparkValues.type(type) + "\t" + SparkValues.text(value, type);
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
