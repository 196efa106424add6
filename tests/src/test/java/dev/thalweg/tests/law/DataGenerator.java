package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draws input: few distinct values, skewed keys, a tenth NULLs, rare extremes; times on round seconds, so that they meet
/// the ends of windows exactly, in disorder and sometimes far behind.
final class DataGenerator {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    private final Dice dice;
    private int now;

    private DataGenerator(Dice dice) {
        this.dice = dice;
    }

    static QueryCase draw(QueryGenerator.Plan plan, long planSeed, int dataSet) {
        long seed = planSeed * 1_000 + dataSet;
        return new DataGenerator(new Dice(seed)).draw(plan, seed);
    }

    private QueryCase draw(QueryGenerator.Plan plan, long seed) {
        Map<String, List<List<@Nullable Object>>> tables = new HashMap<>();
        for (Schema.Table table : Schema.STATICS) {
            tables.put(table.name(), rows(table, dice.between(0, 6)));
        }
        List<String> streams = plan.streams();
        List<Trigger> triggers = new ArrayList<>();
        Set<Integer> restarts = new HashSet<>();
        int count = dice.between(1, 6);
        boolean isCalm = dice.chance(30); // no row far behind
        for (int i = 0; i < count; i++) {
            triggers.add(trigger(streams, isCalm));
            if (i < count - 1 && dice.chance(20)) {
                restarts.add(i);
            }
        }
        return new QueryCase(plan.query(), plan.mode(), tables, triggers, restarts, dice.between(1, 4), seed);
    }

    private Trigger trigger(List<String> streams, boolean isCalm) {
        Map<String, List<List<@Nullable Object>>> rows = new HashMap<>();
        for (String stream : streams) {
            int size = dice.chance(15) ? 0 : dice.chance(10) ? 20 : dice.between(1, 6);
            rows.put(stream, new ArrayList<>());
            for (int i = 0; i < size; i++) {
                rows.get(stream).add(row(Schema.table(stream), isCalm));
            }
        }
        if (rows.values().stream().allMatch(List::isEmpty)) {
            rows.put(streams.getFirst(), new ArrayList<>(List.of(row(Schema.table(streams.getFirst()), isCalm))));
        }
        now += dice.of(0, 5, 10, 20, 45);
        return new Trigger(rows);
    }

    private List<List<@Nullable Object>> rows(Schema.Table table, int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(table, true));
        }
        return rows;
    }

    private List<@Nullable Object> row(Schema.Table table, boolean isCalm) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Rel.Col column : table.columns()) {
            boolean isEventTime = column.name().equals(Schema.EVENT_TIME);
            row.add(dice.chance(isEventTime ? 4 : 10) ? null : isEventTime ? time(isCalm) : value(column));
        }
        return row;
    }

    private Object time(boolean isCalm) {
        int behind = !isCalm && dice.chance(20) ? dice.of(20, 30, 40, 60, 120) : dice.of(0, 0, 0, 5, 5, 10);
        Instant time = BEGIN.plusSeconds(now + dice.of(0, 0, 5, 10) - behind + 3_600);
        return dice.chance(10) ? time.plus(dice.of(-1, 1, 999_999), ChronoUnit.MICROS) : time;
    }

    private Object value(Rel.Col column) {
        boolean isExtreme = dice.chance(2);
        return switch (column.type()) {
            case BOOLEAN -> dice.chance(60);
            case TINYINT -> (byte) (isExtreme ? dice.of(-128, 127) : dice.skewed(4));
            case SMALLINT -> (short) (isExtreme ? dice.of(-32768, 32767) : dice.between(-3, 9));
            case FLOAT -> dice.chance(8) ? dice.of(Float.NaN, -0.0f, 0.0f) : (Object) (dice.between(-4, 8) * 0.5f);
            case INT -> isExtreme && column.name().equals("v1")
                    ? dice.of(Integer.MAX_VALUE, Integer.MIN_VALUE)
                    : smallInt(column);
            case BIGINT ->
                    isExtreme ? dice.of(1_000_000_000_000L, -1_000_000_000_000L) : (Object) (long) dice.between(-3, 40);
            case DOUBLE -> isExtreme ? dice.of(-0.0, 1e15, -1e15) : (Object) (dice.between(-12, 20) * 0.25);
            case DECIMAL -> isExtreme ? new BigDecimal("99999999.99") : BigDecimal.valueOf(dice.between(-300, 900), 2);
            case STRING -> column.name().equals("txt")
                    ? dice.of("x y", "alpha beta gamma", "7", "-12", "", " pad ", "beta", "x y", "2147483648")
                    : List.of("a", "b", "A", "c", "été", "a b", "", "😀").get(dice.skewed(8));
            case DATE -> FIRST_DAY.plusDays(dice.chance(5) ? 59 : dice.skewed(6));
            case TIMESTAMP -> time(true);
            case STRINGS, FLOATS, STRUCT, MAP -> throw new AssertionError("no column is nested");
        };
    }

    private Object smallInt(Rel.Col column) {
        return column.name().equals("v1") ? dice.between(-5, 20) : dice.skewed(5);
    }
}
