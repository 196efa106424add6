package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.incremental.Rewrite;
import dev.thalweg.planner.incremental.StreamPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.Label;

/// Whatever the rewrites of a plan do, each query gives after every trigger what it gives without them, and as many rows are
/// late.
///
/// `-Dlaw.cases` sets how many cases are drawn, one for every five of [LawProperties].
@Label("The rewrites of plans")
final class RewriteProperties {
    private static final int CASES = Integer.getInteger("law.cases", 1_000) / 5;
    private static final long FIRST_SEED = Long.getLong("law.seed", 2_000_000);
    private static final int TRIES = 20;
    /// An engine is replaced after so many cases: its memory tables only grow.
    private static final int CASES_AN_ENGINE = 100;
    private static final List<Rewrite> IN_TURN = List.of(Rewrite.values());

    private int rewritten;
    private final Set<Rewrite> seen = EnumSet.noneOf(Rewrite.class);

    @Example
    @Label("change no result and no number of late rows")
    void changeNothing() throws IOException {
        for (int first = 0; first < CASES; first += CASES_AN_ENGINE) {
            try (PlanRunner runner = new PlanRunner(CrashProbe.NONE)) {
                for (int i = first; i < Math.min(CASES, first + CASES_AN_ENGINE); i++) {
                    check(runner, FIRST_SEED + i);
                }
            }
        }
        assertThat(rewritten).as("plans that a rewrite changed, of %d", CASES).isGreaterThan(CASES / 2);
        if (CASES >= 200) {
            assertThat(seen).as("rewrites that changed a plan by themselves").isEqualTo(Rewrite.ALL);
        }
    }

    private void check(PlanRunner runner, long seed) {
        Set<Rewrite> fewer = fewer(seed);
        QueryCase query = drawn(runner, seed * TRIES, fewer);
        List<Interpreter.Answer> plain = new ArrayList<>();
        String plainPlan = run(runner, query, fewer, plain);
        List<Interpreter.Answer> all = new ArrayList<>();
        String plan = run(runner, query, Rewrite.ALL, all);
        if (plan.equals(plainPlan)) {
            return;
        }
        rewritten++;
        if (fewer.size() == Rewrite.ALL.size() - 1) {
            seen.addAll(EnumSet.complementOf(EnumSet.copyOf(fewer)));
        }
        boolean refusesOnce = !fewer.contains(Rewrite.SHARE_NODES) && plan.contains("shared, see above");
        for (int trigger = 0; trigger < all.size(); trigger++) {
            String place = Script.of(query, "after trigger " + trigger + ", with all rewrites against " + fewer);
            assertThat(RowBag.difference(plain.get(trigger).rows(), all.get(trigger).rows())).as(place).isEmpty();
            assertThat(all.get(trigger).late()).as("late rows, " + place).isLessThanOrEqualTo(
                    plain.get(trigger).late());
            if (!refusesOnce) { // what is kept once refuses a late row once
                assertThat(all.get(trigger).late()).as("late rows, " + place).isEqualTo(plain.get(trigger).late());
            }
        }
        assertThat(RowBag.difference(runner.batch(query, fewer), runner.batch(query, Rewrite.ALL)))
                .as(Script.of(query, "as a batch query, with all rewrites against " + fewer)).isEmpty();
    }

    /// The first of some cases whose plan is another without the rewrites, for few have what some of them look for.
    private static QueryCase drawn(PlanRunner runner, long first, Set<Rewrite> fewer) {
        QueryCase query = drawn(first);
        for (int i = 1; i < TRIES && shown(runner, query, fewer).equals(shown(runner, query, Rewrite.ALL)); i++) {
            query = drawn(first + i);
        }
        return query;
    }

    private static QueryCase drawn(long seed) {
        return DataGenerator.draw(QueryGenerator.draw(seed, Part.LANDED), seed, 0);
    }

    private static String shown(PlanRunner runner, QueryCase query, Set<Rewrite> rewrites) {
        return ExplainPrinter.print(runner.stream(query, rewrites));
    }

    /// All but each in turn, and none.
    private static Set<Rewrite> fewer(long seed) {
        int without = Math.floorMod(seed, IN_TURN.size() + 1);
        Set<Rewrite> rewrites = EnumSet.noneOf(Rewrite.class);
        if (without < IN_TURN.size()) {
            rewrites.addAll(Rewrite.ALL);
            rewrites.remove(IN_TURN.get(without));
        }
        return rewrites;
    }

    /// @return the plan
    private static String run(PlanRunner runner, QueryCase query, Set<Rewrite> rewrites,
            List<Interpreter.Answer> answers) {
        StreamPlan plan = runner.stream(query, rewrites);
        try (PlanRun run = runner.start(query, plan)) {
            while (run.hasNext()) {
                answers.add(run.next(runner::arrive));
            }
        }
        return ExplainPrinter.print(plan);
    }
}
