package dev.thalweg.tests.bench;

import java.util.List;
import java.util.Locale;

/// Who is compared: an engine, and the state store it uses where it has several.
enum Contender {
    THALWEG(Dialect.THALWEG, "ThalwegBench", ""), SPARK_HEAP(Dialect.SPARK, "SparkBench", "heap"), SPARK_ROCKSDB(
            Dialect.SPARK, "SparkBench", "rocksdb"), FLINK_HEAP(Dialect.FLINK, "FlinkBench", "heap"), FLINK_ROCKSDB(
                    Dialect.FLINK, "FlinkBench", "rocksdb"), DUCKDB(Dialect.DUCKDB, "DuckBench", "");

    private static final List<String> SPARKS_OWN = List.of("org/apache/spark", "scala", "log4j", "jul-to-slf4j",
            "jcl-over-slf4j", "slf4j-simple", "kryo-shaded");
    private static final List<String> FLINKS_OWN = List.of("org/apache/flink", "com/ververica",
            "esotericsoftware/kryo/");
    private static final String HADOOP = "org/apache/hadoop";
    private static final String OUR_SKETCHES = "org/apache/datasketches";
    /// What Flink brings versions of its own of.
    private static final List<String> TWICE = List.of("org/rocksdb", "org/codehaus/janino");

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

    /// @param name an engine, or one of its stores: `spark`, `spark-heap`
    boolean isMeantBy(String name) {
        return name.equals(dialect.label()) || name.equals(label().replace(' ', '-'));
    }

    String mainClass() {
        return Contender.class.getPackageName() + "." + main;
    }

    String store() {
        return store;
    }

    /// Whether a workload tells its stores apart.
    boolean isOfUseFor(Workload workload) {
        return workload.sql(dialect).isPresent()
                && (workload.has(Workload.Trait.STATE) || !store.equals("rocksdb"));
    }

    /// Whether it is run without a jar of the common class path, as its users run it. Spark keeps the logging backend that it
    /// brings (a second one might win, and log more), Flink the libraries of its own.
    boolean leavesOut(String jar) {
        List<List<String>> others = switch (dialect) {
            case SPARK -> List.of(FLINKS_OWN, List.of("slf4j-simple", "slf4j-nop", OUR_SKETCHES));
            case FLINK -> List.of(SPARKS_OWN, TWICE);
            case THALWEG, DUCKDB -> List.of(SPARKS_OWN, FLINKS_OWN, List.of(HADOOP));
        };
        return others.stream().flatMap(List::stream).anyMatch(jar::contains);
    }

    /// The folder, beside the classes, of libraries that it has in another version than we.
    String libraries() {
        return dialect.label() + "-libraries";
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
