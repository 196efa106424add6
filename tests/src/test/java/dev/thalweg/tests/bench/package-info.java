/// How fast the engine is, beside Spark, on the same files and machine in one run. Not part of the suite: the Maven
/// profile `bench` runs it, and `docs/benchmarks.md` keeps what it said.
///
/// [dev.thalweg.tests.bench.Comparison] makes the data ([dev.thalweg.tests.bench.BenchData]), starts one JVM after the
/// other (`ThalwegBench`, `SparkBench`), compares their answers row by row, and only then takes times.
/// [dev.thalweg.tests.bench.TriggerOverhead] says what a trigger costs that has next to nothing to do,
/// [dev.thalweg.tests.bench.ParquetDecode] what decoding Parquet does beside DuckDB. Add a query by
/// adding a constant to [dev.thalweg.tests.bench.BenchQuery] and its dataset to both engines' classes.
@NullMarked
package dev.thalweg.tests.bench;

import org.jspecify.annotations.NullMarked;
