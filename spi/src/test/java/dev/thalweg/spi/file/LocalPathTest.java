package dev.thalweg.spi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.InvalidOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A path as users write it")
final class LocalPathTest {
    @ParameterizedTest
    @CsvSource({"out/daily, out/daily", "/data/a b, /data/a b", "file:///data/x, /data/x", "file:/data/x, /data/x",
            "FILE:///data/x, /data/x", "file://localhost/data/x, /data/x", "file:x/y, x/y", "a:b, a:b",
            "t=12:00/x, t=12:00/x", "C:/x, C:/x", "file:///in/*.json, /in/*.json", "., ."})
    @DisplayName("is what it says, without the scheme of files")
    void isPlain(String written, String path) {
        assertThat(LocalPath.text("path", written)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/x", "s3a://bucket/x", "hdfs:/x", "https://host/x", "file://host/x", "file:",
            "dbfs:/x", "file://host"})
    @DisplayName("is refused where it names another file system or another machine")
    void isHere(String written) {
        assertThatThrownBy(() -> LocalPath.text("checkpointLocation", written)).isInstanceOf(InvalidOption.class)
                .hasMessageContaining("THW-2050").hasMessageContaining(written)
                .hasMessageContaining("checkpointLocation");
    }

    @Test
    @DisplayName("is refused where it is none")
    void isAPath() {
        assertThatThrownBy(() -> LocalPath.of("path", " ")).hasMessageContaining("THW-2001");
        assertThatThrownBy(() -> LocalPath.of("path", "a\0b")).hasMessageContaining("THW-2001");
    }
}
