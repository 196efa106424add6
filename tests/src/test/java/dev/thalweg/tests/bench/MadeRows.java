package dev.thalweg.tests.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/// Lines of text and JSON that are the same for everybody who asks with the same seed.
///
/// Words follow Zipf's law (the word of rank r has weight 1/r) over 10,000 of them. Events are a minute of event time for
/// each 100,000, up to five seconds out of order, so that a watermark ten seconds behind makes none of them late; their
/// keys are uniform over 1,000. Events of ads come at 10,000 a second, as much out of order, of 1,000 ads in 100 campaigns.
final class MadeRows {
    private static final int WORDS_PER_LINE = 10;
    private static final int VOCABULARY = 10_000;
    private static final int KEYS = 1_000;
    private static final int EVENTS_PER_MINUTE = 100_000;
    private static final int ADS = 1_000;
    private static final int ADS_PER_CAMPAIGN = 10;
    private static final int AD_EVENTS_PER_SECOND = 10_000;
    private static final int JITTER_MILLIS = 5_000;
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final String[] STATUS = {"ok", "ok", "ok", "ok", "slow", "failed"};
    private static final String[] REGION = {"eu-west", "eu-north", "us-east", "us-west", "ap-south"};
    private static final String[] AD_TYPE = {"banner", "modal", "sponsored-search", "mail", "mobile"};
    private static final String[] EVENT_TYPE = {"view", "click", "purchase"};

    private final long seed;

    MadeRows(long seed) {
        this.seed = seed;
    }

    private interface LineMaker {
        String line(SplittableRandom random, long row);
    }

    void writeLines(Path target, long lines) throws IOException {
        double[] cumulative = zipf();
        write(target, "txt", lines, (random, row) -> line(random, cumulative));
    }

    void writeEvents(Path target, long events) throws IOException {
        write(target, "json", events, MadeRows::event);
    }

    void writeAds(Path target, long events) throws IOException {
        write(target, "json", events, MadeRows::adEvent);
    }

    /// The campaign of each ad.
    void writeCampaigns(Path target) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int ad = 0; ad < ADS; ad++) {
            lines.append(id("ad", ad)).append(',').append(id("campaign", ad / ADS_PER_CAMPAIGN)).append('\n');
        }
        Files.writeString(target.resolve("campaigns.csv"), lines);
    }

    private void write(Path target, String ending, long rows, LineMaker maker) throws IOException {
        for (int file = 0; file < Input.FILES; file++) {
            SplittableRandom random = new SplittableRandom(seed + file);
            Path path = target.resolve("part-%02d.%s".formatted(file, ending));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
                for (long row = rows * file / Input.FILES; row < rows * (file + 1) / Input.FILES; row++) {
                    out.write(maker.line(random, row).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static String line(SplittableRandom random, double[] cumulative) {
        StringBuilder line = new StringBuilder(80);
        for (int word = 0; word < WORDS_PER_LINE; word++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble());
            appendWord(line, found < 0 ? -found - 1 : found).append(word < WORDS_PER_LINE - 1 ? ' ' : '\n');
        }
        return line.toString();
    }

    /// Frequent words are short, as in a language: the rank, in syllables.
    private static StringBuilder appendWord(StringBuilder line, int rank) {
        int rest = rank;
        do {
            line.append("bdfgklmnprstvz".charAt(rest % 14)).append("aeiou".charAt(rest / 14 % 5));
            rest /= 70;
        } while (rest > 0);
        return line;
    }

    private static double[] zipf() {
        double[] cumulative = new double[VOCABULARY];
        double sum = 0;
        for (int rank = 0; rank < VOCABULARY; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < VOCABULARY; rank++) {
            cumulative[rank] /= sum;
        }
        return cumulative;
    }

    private static String event(SplittableRandom random, long row) {
        String time = time(row * 60_000 / EVENTS_PER_MINUTE, random);
        return "{\"ts\":\"" + time + "\",\"key\":\"k" + random.nextInt(KEYS) + "\",\"value\":"
                + random.nextInt(100_000) / 100.0 + ",\"device\":" + random.nextInt(50_000) + ",\"status\":\""
                + one(STATUS, random) + "\",\"region\":\"" + one(REGION, random) + "\"}\n";
    }

    private static String adEvent(SplittableRandom random, long row) {
        String time = time(row * 1_000 / AD_EVENTS_PER_SECOND, random);
        return "{\"user_id\":\"" + id("user", random.nextInt(100_000)) + "\",\"page_id\":\""
                + id("page", random.nextInt(10_000)) + "\",\"ad_id\":\"" + id("ad", random.nextInt(ADS))
                + "\",\"ad_type\":\"" + one(AD_TYPE, random) + "\",\"event_type\":\"" + one(EVENT_TYPE, random)
                + "\",\"event_time\":\"" + time + "\",\"ip_address\":\"10." + random.nextInt(256) + "."
                + random.nextInt(256) + "." + random.nextInt(256) + "\"}\n";
    }

    private static String time(long millis, SplittableRandom random) {
        return START.plusMillis(millis + random.nextInt(JITTER_MILLIS)).toString();
    }

    private static String one(String[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static String id(String kind, int number) {
        SplittableRandom random = new SplittableRandom(kind.hashCode() * 31L + number);
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
