package dev.thalweg.tests.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// Input files that are the same for everybody who asks with the same seed.
///
/// Words follow Zipf's law (the word of rank r has weight 1/r) over 10,000 of them. Events are a minute of event time for
/// each 100,000, up to five seconds out of order, so that a watermark ten seconds behind makes none of them late; their
/// keys are uniform over 1,000.
final class BenchData {
    static final int FILES = 16;
    private static final int WORDS_PER_LINE = 10;
    private static final int VOCABULARY = 10_000;
    private static final int KEYS = 1_000;
    private static final int EVENTS_PER_MINUTE = 100_000;
    private static final int JITTER_MILLIS = 5_000;
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final String[] STATUS = {"ok", "ok", "ok", "ok", "slow", "failed"};
    private static final String[] REGION = {"eu-west", "eu-north", "us-east", "us-west", "ap-south"};

    private final Path directory;
    private final long seed;

    BenchData(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /// Makes what is not there yet, and says what it is.
    ///
    /// @param rows lines, or events
    String make(BenchQuery query, long rows) throws IOException {
        Path target = directory.resolve(query.input());
        Path done = directory.resolve(query.input() + "-" + seed + "-" + rows + ".txt");
        if (Files.exists(done)) {
            return Files.readString(done);
        }
        Scratch.delete(target);
        Files.createDirectories(target);
        CRC32C hash = new CRC32C();
        long bytes = 0;
        for (int file = 0; file < FILES; file++) {
            SplittableRandom random = new SplittableRandom(seed + file);
            Path path = target.resolve("part-%02d.%s".formatted(file, query == BenchQuery.WORD_COUNT ? "txt" : "json"));
            try (OutputStream out = new BufferedOutputStream(new CheckedOutputStream(Files.newOutputStream(path), hash),
                    1 << 20)) {
                write(query, random, rows * file / FILES, rows * (file + 1) / FILES, out);
            }
            bytes += Files.size(path);
        }
        String what = "%s: seed %d, %,d %s, %d files, %,d MB, CRC-32C %08x".formatted(query.label(), seed, rows,
                query == BenchQuery.WORD_COUNT ? "lines of " + WORDS_PER_LINE + " words" : "events", FILES,
                bytes / 1_000_000, hash.getValue());
        Files.writeString(done, what);
        return what;
    }

    private static void write(BenchQuery query, SplittableRandom random, long from, long to, OutputStream out)
            throws IOException {
        double[] cumulative = zipf();
        for (long row = from; row < to; row++) {
            String line = switch (query) {
                case WORD_COUNT -> line(random, cumulative);
                case WINDOWED_COUNT -> event(random, row);
            };
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(SplittableRandom random, double[] cumulative) {
        StringBuilder line = new StringBuilder(80);
        for (int word = 0; word < WORDS_PER_LINE; word++) {
            int found = java.util.Arrays.binarySearch(cumulative, random.nextDouble());
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
        long millis = row * 60_000 / EVENTS_PER_MINUTE + random.nextInt(JITTER_MILLIS);
        String time = START.plusMillis(millis).toString();
        return "{\"ts\":\"" + time + "\",\"key\":\"k" + random.nextInt(KEYS) + "\",\"value\":"
                + random.nextInt(100_000) / 100.0 + ",\"device\":" + random.nextInt(50_000) + ",\"status\":\""
                + STATUS[random.nextInt(STATUS.length)] + "\",\"region\":\"" + REGION[random.nextInt(REGION.length)]
                + "\"}\n";
    }
}
