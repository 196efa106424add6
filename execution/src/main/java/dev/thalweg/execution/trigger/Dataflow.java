package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.RowIds;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.Optional;

/// A plan at work: its fragments, each in as many copies as there are tasks.
///
/// A trigger reads its splits in waves; after each wave the rows that wait at exchanges are taken in, fragment by fragment.
/// When all rows have flowed, time moves on, fragment by fragment in topological order: a node takes W' once all its inputs
/// have, and what it then emits is judged by its consumers' W before they take theirs (DESIGN §1).
///
/// **Cost** a trigger that is small runs on the trigger thread alone. **Thread** the trigger thread; rounds of work run on
/// the engine's pool. **Errors** after any the dataflow is good for nothing but [#close].
final class Dataflow implements AutoCloseable {
    /// Below this many rows handing work to other threads costs more than it saves.
    private static final long INLINE_ROWS_MAX = 8_192;

    private final DataflowParts parts;
    private final WorkerPool pool;
    private final List<TaskContext> contexts;
    private final List<Fragment> fragments;
    private final List<List<FragmentTask>> copies = new ArrayList<>();
    private final IdentityHashMap<PlanNode, Integer> fragmentOfLeaf = new IdentityHashMap<>();
    private final IdentityHashMap<PlanNode, Integer> fragmentOfEntry = new IdentityHashMap<>();
    private final boolean ordered;
    private final RecursiveLoops loops;
    private final List<Operator> clocked;

    Dataflow(DataflowParts parts, WorkerPool pool, List<TaskContext> contexts) {
        this.parts = parts;
        this.pool = pool;
        this.contexts = List.copyOf(contexts);
        this.fragments = Fragment.cut(parts.roots(), parts.tasks());
        this.ordered = parts.isOrderSensitive();
        this.loops = parts.loops();
        try {
            for (int i = 0; i < fragments.size(); i++) {
                wire(i, fragments.get(i));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.clocked = steps().stream().filter(step -> goesByClock(parts.plan(), step.node()))
                .filter(OperatorStep.class::isInstance).map(step -> ((OperatorStep) step).operator()).toList();
    }

    /// Whether time alone gives a node something to do.
    private static boolean goesByClock(StreamPlan plan, PlanNode node) {
        return node instanceof PlanNode.ClockFilter || plan.traits(node).forgets();
    }

    private void wire(int index, Fragment fragment) {
        List<FragmentTask> tasks = new ArrayList<>();
        copies.add(tasks);
        for (TaskContext context : contexts) {
            tasks.add(new WireFragment(parts, fragment, context).wire());
        }
        fragment.leaves().forEach(leaf -> fragmentOfLeaf.put(leaf, index));
        fragment.entries().forEach(entry -> fragmentOfEntry.put(entry, index));
    }

    /// What a trigger is run with.
    ///
    /// @param splits in the order in which rows arrive
    /// @param sources how many streaming sources there are
    /// @param ids the numbers of the rows of each part, see [TaskContext#beginPart]
    /// @param waveBytesMax output that may wait at exchanges
    /// @param result takes the plan's results, on the trigger thread
    record Run(List<SplitWork> splits, int sources, long clockMicros, long seed, IntFunction<RowIds> ids,
            long waveBytesMax, Results result) {}

    /// Takes the results of a plan.
    interface Results {
        /// Takes over a batch of one of them.
        ///
        /// @param output which of them: its place among the plan's roots
        void take(int output, Batch batch);
    }

    /// Runs one trigger.
    ///
    /// @param edges holds W and is given W'
    /// @return how many rows came from each streaming source
    long[] run(Run run, EdgeWatermarks edges) {
        begin(run, edges);
        SplitReading reading = new SplitReading(run.splits(), ordered, parts.tasks(), run.sources());
        try (reading) {
            while (!reading.isDone()) {
                readWave(reading, run);
                reading.deliver((split, pile) -> handOver(fragmentOf(split), pile, run.result()));
                takeIn(run.result());
            }
            advance(edges, reading.rows(), run.result());
        }
        long[] rows = new long[run.sources()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = reading.rows(i);
        }
        return rows;
    }

    private void begin(Run run, EdgeWatermarks edges) {
        contexts.forEach(context -> context.begin(run));
        for (List<FragmentTask> tasks : copies) {
            for (FragmentTask task : tasks) {
                task.steps().forEach(step -> step.begin(judging(edges, step)));
            }
        }
    }

    /// W by which a step's rows are judged. A stage has one watermark from end to end, and refuses late rows for the node that
    /// reads it.
    private static Watermark judging(EdgeWatermarks edges, Step step) {
        return switch (step) {
            case StageStep stage -> stage.judge().isSame(stage.node())
                    ? edges.before(stage.node())
                    : edges.judging(stage.judge());
            case GaugeStep gauge -> edges.before(gauge.node().input());
            case OperatorStep operator -> edges.judging(operator.node());
        };
    }

    /// W' of a step.
    private static Watermark closing(EdgeWatermarks edges, Step step) {
        return switch (step) {
            case StageStep stage -> edges.after(stage.node());
            case GaugeStep gauge -> edges.after(gauge.node().input());
            case OperatorStep operator -> edges.closing(operator.node());
        };
    }

    private void readWave(SplitReading reading, Run run) {
        long share = Math.max(1, run.waveBytesMax() / reading.lanes());
        pool.round(reading.lanes(), task -> reading.read(task, share, this::copy));
    }

    private FragmentTask copy(SplitWork split, int task) {
        return copies.get(fragmentOf(split)).get(task);
    }

    private int fragmentOf(SplitWork split) {
        Integer index = fragmentOfLeaf.get(split.leaf());
        if (index == null) {
            throw new IllegalArgumentException("not a leaf of this plan: " + split.leaf());
        }
        return index;
    }

    /// Passes a fragment's output on: to the inboxes of the next fragments' tasks, or to the results.
    private void handOver(int fragment, Exits.Piles piles, Results result) {
        List<Fragment.Way> ways = fragments.get(fragment).ways();
        for (int i = 0; i < ways.size(); i++) {
            PlanNode.Exchange exit = ways.get(i).exit().orElse(null);
            if (exit == null) {
                giveAll(piles.of(i), ways.get(i).output(), result);
            } else {
                List<FragmentTask> consumers = copies.get(fragmentOfEntry.getOrDefault(exit, 0));
                for (int task = 0; task < consumers.size(); task++) {
                    consumers.get(task).inbox(exit).addAll(piles.of(i).part(task));
                }
            }
        }
    }

    private static void giveAll(Exit.Pile pile, int output, Results result) {
        Iterator<Batch> batches = pile.part(0).take().iterator();
        try {
            while (batches.hasNext()) {
                result.take(output, batches.next());
            }
        } finally {
            batches.forEachRemaining(Batch::close);
        }
    }

    /// Lets every fragment take in what waits for it, those that feed before those that are fed.
    private void takeIn(Results result) {
        for (int i = 0; i < fragments.size(); i++) {
            if (!fragments.get(i).entries().isEmpty()) {
                drain(i);
                handOverAll(i, result);
            }
        }
    }

    private void drain(int fragment) {
        List<FragmentTask> tasks = copies.get(fragment);
        long rows = 0;
        for (FragmentTask task : tasks) {
            rows += task.waitingRows();
        }
        if (rows > 0) {
            each(tasks, rows, FragmentTask::drain);
        }
    }

    private interface TaskWork {
        void run(FragmentTask task);
    }

    private void each(List<FragmentTask> tasks, long rows, TaskWork work) {
        if (rows < INLINE_ROWS_MAX) {
            tasks.forEach(work::run);
        } else {
            pool.round(tasks.size(), task -> work.run(tasks.get(task)));
        }
    }

    private void handOverAll(int fragment, Results result) {
        for (FragmentTask task : copies.get(fragment)) {
            handOver(fragment, task.exits().current(), result);
        }
    }

    private void advance(EdgeWatermarks edges, long rows, Results result) {
        for (int i = 0; i < fragments.size(); i++) {
            drain(i);
            advance(i, edges, rows, result);
            handOverAll(i, result);
        }
    }

    /// Steps advance in runs that need nothing from other tasks: a declaration above an operator waits until that has
    /// advanced in every task, because its rows move the watermark.
    private void advance(int fragment, EdgeWatermarks edges, long rows, Results result) {
        List<FragmentTask> tasks = copies.get(fragment);
        List<Step> steps = tasks.getFirst().steps();
        int from = 0;
        while (from < steps.size()) {
            int to = endOfRun(steps, from);
            if (loops.isInLoop(steps.get(from))) {
                goRound(result);
            }
            boolean timeMoved = move(tasks, from, to, edges);
            Watermark[] after = new Watermark[to];
            for (int i = from; i < to; i++) {
                after[i] = closing(edges, steps.get(i));
            }
            int begin = from;
            each(tasks, timeMoved ? Long.MAX_VALUE : rows, task -> advance(task, begin, to, after));
            from = to;
        }
    }

    private int endOfRun(List<Step> steps, int from) {
        boolean sawOperator = false;
        for (int i = from; i < steps.size(); i++) {
            if ((steps.get(i) instanceof GaugeStep && sawOperator) || !loops.isSame(steps.get(from), steps.get(i))) {
                return i;
            }
            sawOperator |= steps.get(i) instanceof OperatorStep;
        }
        return steps.size();
    }

    /// Lets rows of recursive queries go round until none is new. Before a loop's nodes move on in time: whatever comes into it
    /// from outside is there by then.
    private void goRound(Results result) {
        takeIn(result);
        for (Optional<RecursiveLoops.Turn> turn = loops.next(copies); turn.isPresent(); turn = loops.next(copies)) {
            RecursiveLoops.Turn now = turn.get();
            each(copies.getFirst(), Long.MAX_VALUE, task -> now.run(task.context().task()));
            for (int i = 0; i < fragments.size(); i++) {
                handOverAll(i, result);
            }
            takeIn(result);
        }
    }

    private static boolean move(List<FragmentTask> tasks, int from, int to, EdgeWatermarks edges) {
        for (int i = from; i < to; i++) {
            if (tasks.getFirst().steps().get(i) instanceof GaugeStep first) {
                long max = Long.MIN_VALUE;
                for (FragmentTask task : tasks) {
                    max = Math.max(max, ((GaugeStep) task.steps().get(i)).gauge().maxMicros());
                }
                edges.move(first.node(), max);
            }
        }
        return edges.hasMoved();
    }

    private static void advance(FragmentTask task, int from, int to, Watermark[] after) {
        for (int i = from; i < to; i++) {
            task.context().checkCancelled();
            task.steps().get(i).advance(after[i]);
        }
    }

    /// The tasks' copies of every step at one node, for progress.
    List<Step> steps() {
        return copies.stream().flatMap(List::stream).flatMap(task -> task.steps().stream()).toList();
    }

    /// At which clock an operator has something to do though no row comes, in microseconds; `Long.MAX_VALUE`: at none.
    long dueMicros() {
        long due = Long.MAX_VALUE;
        for (Operator operator : clocked) {
            due = Math.min(due, operator.dueMicros());
        }
        return due;
    }

    List<TaskContext> contexts() {
        return contexts;
    }

    @Override
    public void close() {
        copies.forEach(tasks -> tasks.forEach(FragmentTask::close));
        copies.clear();
    }
}
