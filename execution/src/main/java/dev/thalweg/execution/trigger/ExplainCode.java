package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;

/// The generated source of every compiled stage of a plan, for `EXPLAIN CODEGEN`.
final class ExplainCode {
    private final StageCompiler compiler;
    private final StringBuilder text = new StringBuilder();

    ExplainCode(StageCompiler compiler) {
        this.compiler = compiler;
    }

    String of(StreamPlan plan) {
        visit(plan.root());
        return text.isEmpty() ? "No node of this plan is compiled.\n" : text.toString();
    }

    private void visit(PlanNode node) {
        StageChain chain = StageChain.of(node);
        if (chain.isEmpty()) {
            node.inputs().forEach(this::visit);
            return;
        }
        text.append("-- ").append(chain.nodes().stream().map(n -> n.getClass().getSimpleName()).toList()).append('\n')
                .append(compiler.compile(chain).source()).append('\n');
        visit(chain.source());
    }
}
