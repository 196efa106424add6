package dev.thalweg.tests.bench;

import java.util.List;
import java.util.Locale;

/// Who is compared: an engine, and the state store it uses where it has several.
enum Contender {
    THALWEG(Dialect.THALWEG, "ThalwegBench", ""), SPARK_HEAP(Dialect.SPARK, "SparkBench",
            "heap"), SPARK_ROCKSDB(Dialect.SPARK, "SparkBench", "rocksdb"), DUCKDB(Dialect.DUCKDB, "DuckBench", "");

    private static final List<String> SPARKS_OWN = List.of("org/apache/spark", "org/apache/hadoop", "scala", "log4j",
            "jul-to-slf4j", "jcl-over-slf4j", "slf4j-simple");

    private final Dialect dialect;
    private final String main;
    private final String store;

    Contender(Dialect dialect, String main, String store) {
        this.dialect = dialect;
        this.main = main;
        this.store = store;
    }

    Dialect dialect() {
        return dialect;
    }

    String mainClass() {
        return Contender.class.getPackageName() + "." + main;
    }

    String store() {
        return store;
    }

    /// Whether a workload tells its stores apart.
    boolean isOfUseFor(Workload workload) {
        return workload.sql(dialect).isPresent() && (workload.isStateful() || !store.equals("rocksdb"));
    }

    /// Jars that it is run without. Spark gets everything, with the logging backend that it brings (a second one might win,
    /// and log more). The others are run without Spark and its backend on the class path, as their users run them.
    List<String> leftOut() {
        return dialect == Dialect.SPARK ? List.of("slf4j-simple", "slf4j-nop") : SPARKS_OWN;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
