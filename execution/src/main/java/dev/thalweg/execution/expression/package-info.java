/// Expressions at run time: `StageCompiler` turns a chain of stateless plan nodes into one generated class that loops over
/// Arrow buffers; the rest of the package is what it generates from and what the generated code calls.
///
/// How to run one: `StageChain chain = StageChain.of(node)`; `Stage stage = compiler.compile(chain)`; each task calls
/// [Stage#open] once and [StageInstance#run] for every batch of `chain.source()`. A [Stage] is immutable and shared, a
/// [StageInstance] belongs to one task. `run` takes over the input and hands output batches, and the input rows that the
/// stage's [LateCheck] refused, to a `Downstream`.
///
/// Scalar functions live in `function`: public static methods, found by `FunctionTable`. One that wants to see NULLs is
/// [NullAware], one that gives another value each time is [NonDeterministic], one that gives another in each trigger is
/// [OfTheClock]. Must not live here: anything with state between batches.
@NullMarked
package dev.thalweg.execution.expression;

import org.jspecify.annotations.NullMarked;
