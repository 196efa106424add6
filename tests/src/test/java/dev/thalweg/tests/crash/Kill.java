package dev.thalweg.tests.crash;

import dev.thalweg.state.log.DurableStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/// When one life of the child ends.
sealed interface Kill {
    /// The steps of a trigger, between which it is open.
    EnumSet<DurableStep> INSIDE = EnumSet.of(DurableStep.SINK_FILES_STAGED, DurableStep.SINK_STAGED,
            DurableStep.TRIGGER_APPENDED, DurableStep.CHANGES_APPENDED, DurableStep.LOG_SYNCED,
            DurableStep.SINK_MANIFEST_APPENDED, DurableStep.SINK_MANIFEST_SYNCED, DurableStep.SINK_FILE_RENAMED,
            DurableStep.SINK_FILES_RENAMED, DurableStep.SINK_COMMITTED);

    /// Right after a query has reached a step for the `count`th time in this life.
    record AtStep(CrashJob.Query query, DurableStep step, int count) implements Kill {}

    /// A while after the first trigger of this life was appended.
    record AtTime(Duration after) implements Kill {}

    /// The job runs to its end.
    record Never() implements Kill {}

    /// As many kills as asked for: each step of a trigger equally often, each step of state and segments, and a few at any
    /// time; in random order.
    static List<Kill> plan(int kills, Random random) {
        List<Kill> plan = new ArrayList<>();
        for (DurableStep step : DurableStep.values()) {
            if (!INSIDE.contains(step)) {
                plan.add(new AtStep(CrashJob.Query.AGGREGATE, step, 1));
            }
        }
        int timed = Math.max(3, kills / 13);
        List<DurableStep> inside = List.copyOf(INSIDE);
        List<CrashJob.Query> queries = List.of(CrashJob.Query.values());
        for (int i = 0; plan.size() < kills - timed; i++) {
            CrashJob.Query query = queries.get(random.nextInt(queries.size()));
            plan.add(new AtStep(query, inside.get(i % inside.size()), 1 + random.nextInt(3)));
        }
        while (plan.size() < kills) {
            plan.add(new AtTime(Duration.ofMillis(random.nextInt(60))));
        }
        Collections.shuffle(plan, random);
        // a query's first kill comes after its first TRIGGER
        plan.addFirst(new AtStep(CrashJob.Query.FILTER, DurableStep.SINK_COMMITTED, 3));
        plan.addFirst(new AtStep(CrashJob.Query.AGGREGATE, DurableStep.SINK_MANIFEST_SYNCED, 2));
        return plan;
    }
}
