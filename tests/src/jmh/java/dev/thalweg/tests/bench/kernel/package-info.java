/// Times single loops of the engine with JMH: what `thalweg bench kernels` runs. [dev.thalweg.tests.bench.kernel.Kernels] starts
/// them; a class here is one kind of loop, whose parameters are the kinds of data that take different ways through it.
///
/// Add one by adding a class with `@Benchmark` methods. Its rows come from [dev.thalweg.tests.bench.kernel.Rows].
@NullMarked
package dev.thalweg.tests.bench.kernel;

import org.jspecify.annotations.NullMarked;
