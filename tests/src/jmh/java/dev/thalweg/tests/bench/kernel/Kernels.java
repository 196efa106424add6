package dev.thalweg.tests.bench.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Starts JMH over the kernels, each in a JVM with the flags that the product runs with.
public final class Kernels {
    private static final String ALL = Kernels.class.getPackageName().replace(".", "\\.") + "\\.";

    private Kernels() {}

    /// Runs the kernels that match, and writes what they took as JSON.
    ///
    /// @param arguments a directory for files, then JMH's own arguments: patterns of names, `-p name=value`, `-f`, `-wi`, `-i`
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        CommandLineOptions asked = new CommandLineOptions(own);
        if (asked.shouldHelp()) {
            asked.showHelp();
            return;
        }
        ChainedOptionsBuilder options = new OptionsBuilder().parent(asked).param("directory", directory.toString())
                .resultFormat(ResultFormatType.JSON).result(directory.resolve("kernels.json").toString())
                .jvmArgsAppend("-Xmx4g", "-XX:+UseG1GC", "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                        "-Darrow.enable_unsafe_memory_access=true");
        if (asked.getIncludes().isEmpty()) {
            options.include(ALL);
        }
        if (!asked.getForkCount().hasValue()) {
            options.forks(1);
        }
        if (!asked.getWarmupIterations().hasValue()) {
            options.warmupIterations(3);
        }
        if (!asked.getMeasurementIterations().hasValue()) {
            options.measurementIterations(5);
        }
        if (!asked.getWarmupTime().hasValue()) {
            options.warmupTime(TimeValue.seconds(1));
        }
        if (!asked.getMeasurementTime().hasValue()) {
            options.measurementTime(TimeValue.seconds(1));
        }
        Path log = directory.resolve("kernels.log");
        System.out.println("JMH runs; what it says goes to " + log);
        print(new Runner(options.output(log.toString()).build()).run());
    }

    /// A line for each kernel and kind of data: JMH's own table has a column for each parameter of all of them.
    private static void print(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams kernel = result.getParams();
            String name = kernel.getBenchmark().substring(Kernels.class.getPackageName().length() + 1);
            String data = kernel.getParamsKeys().stream().filter(key -> !key.equals("directory"))
                    .map(key -> key + " " + kernel.getParam(key)).collect(Collectors.joining(", "));
            Result<?> score = result.getPrimaryResult();
            System.out.printf("%-24s %-40s %12.2f %s", name, data, score.getScore(), score.getScoreUnit());
            if (kernel.getMode() == Mode.SampleTime) {
                System.out.printf(", median %.1f, p99 %.1f", score.getStatistics().getPercentile(50),
                        score.getStatistics().getPercentile(99));
            }
            result.getSecondaryResults().forEach((what, counted) -> {
                if (what.equals("bytes") || what.equals("rows")) { // the others are of JMH: quantiles once more
                    System.out.printf(", %,.0f M %s/s", counted.getScore() / 1e6, what);
                }
            });
            System.out.println();
        }
    }
}
