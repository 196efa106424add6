/// Times Thalweg beside other engines. Not a test: `thalweg bench` starts [dev.thalweg.tests.bench.Bench], the Maven profile
/// `bench` too, and `docs/benchmarks.md` keeps what it said.
///
/// [dev.thalweg.tests.bench.BenchFiles] makes the data, [dev.thalweg.tests.bench.Comparison] starts one JVM after the other
/// ([dev.thalweg.tests.bench.Contender]) with an [dev.thalweg.tests.bench.Assignment], lets [dev.thalweg.tests.bench.Answers]
/// compare what they answer, row by row, and only then takes times, which [dev.thalweg.tests.bench.Report] prints and
/// [dev.thalweg.tests.bench.Recorded] holds against older ones. [dev.thalweg.tests.bench.TriggerOverhead] says what a trigger
/// costs that has next to nothing to do, [dev.thalweg.tests.bench.EndToEndLatency] how long rows take at a steady rate,
/// [dev.thalweg.tests.bench.StateGrowth] what more keys cost, [dev.thalweg.tests.bench.ParquetDecode] what decoding Parquet
/// does beside DuckDB.
///
/// Add a query by adding a constant to [dev.thalweg.tests.bench.Workload], with its words in
/// [dev.thalweg.tests.bench.FlinkTexts] and [dev.thalweg.tests.bench.DuckTexts]; an engine by one to `Contender` and a class like
/// [dev.thalweg.tests.bench.DuckBench]. Engines of other makers lie in `src/spark` and `src/flink`.
@NullMarked
package dev.thalweg.tests.bench;

import org.jspecify.annotations.NullMarked;
