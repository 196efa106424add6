package dev.thalweg.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An engine of the benchmark")
final class EnginesTest {
    private static final List<String> JARS = List.of("/m2/org/apache/spark/spark-core.jar",
            "/m2/org/apache/flink/flink-core.jar", "/m2/org/rocksdb/rocksdbjni/rocksdbjni.jar",
            "/m2/com/ververica/frocksdbjni/frocksdbjni.jar", "/m2/org/slf4j/slf4j-nop.jar",
            "/m2/org/apache/hadoop/hadoop-client-api.jar", "/m2/org/codehaus/janino/janino.jar",
            "/m2/com/esotericsoftware/kryo/kryo.jar", "/m2/com/esotericsoftware/kryo-shaded/kryo-shaded.jar",
            "/m2/org/apache/datasketches/datasketches-java.jar");

    private static List<String> classPath(Contender contender) {
        return JARS.stream().filter(jar -> !contender.leavesOut(jar))
                .map(jar -> jar.replaceAll(".*/|\\.jar", "")).toList();
    }

    @Test
    @DisplayName("is run without the libraries of the others")
    void classPaths() {
        assertThat(classPath(Contender.THALWEG)).containsExactly("rocksdbjni", "slf4j-nop", "janino",
                "datasketches-java");
        assertThat(classPath(Contender.SPARK_HEAP)).containsExactly("spark-core", "rocksdbjni", "hadoop-client-api",
                "janino", "kryo-shaded");
        assertThat(classPath(Contender.FLINK_ROCKSDB)).containsExactly("flink-core", "frocksdbjni", "slf4j-nop",
                "hadoop-client-api", "kryo", "datasketches-java");
    }

    @Test
    @DisplayName("is told what to do in words that say the same again")
    void assignment() {
        Assignment timed = new Assignment(Workload.YAHOO,
                new InputFiles(Input.ADS, Input.Encoding.JSON, Path.of("/data/ads"), 1), "rocksdb", Path.of("/work"),
                Optional.empty(), 3);
        assertThat(Assignment.of(timed.words().toArray(String[]::new))).isEqualTo(timed);
        Assignment answered = new Assignment(Workload.YAHOO, timed.files(), "", Path.of("/work"),
                Optional.of(Path.of("/answer")), 1);
        assertThat(Assignment.of(answered.words().toArray(String[]::new))).isEqualTo(answered);
    }

    @Test
    @DisplayName("is run once where a query has no state to tell its stores apart, and not at all where it refuses")
    void stores() {
        assertThat(Arrays.stream(Contender.values()).filter(contender -> contender.isOfUseFor(Workload.Q2)))
                .doesNotContain(Contender.SPARK_ROCKSDB, Contender.FLINK_ROCKSDB).contains(Contender.FLINK_HEAP);
        assertThat(Arrays.stream(Contender.values()).filter(contender -> contender.isOfUseFor(Workload.Q16)))
                .doesNotContain(Contender.SPARK_HEAP, Contender.SPARK_ROCKSDB).contains(Contender.FLINK_ROCKSDB);
    }
}
