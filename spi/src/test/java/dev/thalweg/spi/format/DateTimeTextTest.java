package dev.thalweg.spi.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Text of dates and times")
final class DateTimeTextTest {
    private final DateTimeText berlin = new DateTimeText(ZoneId.of("Europe/Berlin"));

    private static long micros(String instant) {
        Instant at = Instant.parse(instant);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    @Test
    @DisplayName("is read as Spark casts it, in the session's zone unless it names one")
    void readsTimes() {
        Map<String, String> times = Map.ofEntries(Map.entry("2001-07-01 00:47:00", "2001-06-30T22:47:00Z"),
                Map.entry("2001-07-01T00:47", "2001-06-30T22:47:00Z"),
                Map.entry("2001-07-01 00:47:00.1234567", "2001-06-30T22:47:00.123456Z"),
                Map.entry("2001-07-01T00:47:00Z", "2001-07-01T00:47:00Z"),
                Map.entry("2001-07-01 00:47:00 +05:30", "2001-06-30T19:17:00Z"),
                Map.entry("2001-7-1 0:47:0 America/New_York", "2001-07-01T04:47:00Z"),
                Map.entry("2001-07-01", "2001-06-30T22:00:00Z"), Map.entry("2001", "2000-12-31T23:00:00Z"),
                Map.entry(" 2001-07-01 00:47:00 ", "2001-06-30T22:47:00Z"));
        times.forEach((text, instant) -> assertThat(berlin.timestamp(text)).as(text).isEqualTo(micros(instant)));
        for (String text : new String[] {"", "2001-13-01", "2001-02-29", "2001-07-01 24:00:00", "2001-07-01 00:60:00",
                "yesterday", "2001-07-01 00:47:00 Nowhere/City", "20010701", "2001-07-01x"}) {
            assertThat(berlin.timestamp(text)).as(text).isEqualTo(DateTimeText.NONE);
        }
        assertThat(berlin.date("2001-07-01 anything")).isEqualTo(11504);
        assertThat(berlin.date("2001-07-01anything")).isEqualTo(DateTimeText.NONE);
    }

    @Test
    @DisplayName("goes to instants and back as java.time does, at clock changes too")
    void agreesWithJavaTime() {
        Random random = new Random(7);
        for (String name : new String[] {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
                "UTC", "Pacific/Apia"}) {
            ZoneId zone = ZoneId.of(name);
            ZoneOffsets offsets = new ZoneOffsets(zone);
            long from = LocalDateTime.of(1900, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
            for (int i = 0; i < 20_000; i++) {
                long second = i % 2 == 0
                        ? from + (long) (random.nextDouble() * 200 * 365 * 86_400)
                        : LocalDateTime.of(2024, 3, 30, 0, 0).toEpochSecond(ZoneOffset.UTC) + random.nextInt(200_000);
                LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
                assertThat(offsets.toInstant(second * 1_000_000))
                        .isEqualTo(local.atZone(zone).toEpochSecond() * 1_000_000);
                assertThat(offsets.offsetSeconds(second * 1_000_000))
                        .isEqualTo(zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds());
            }
        }
    }
}
