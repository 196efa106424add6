/// The law of the engine as a property: a random query over random input, cut into random triggers, stopped and
/// restarted at random, gives after every trigger what a naive interpreter says.
///
/// Nothing here shares code with the engine: [dev.thalweg.tests.law.Rel] is an algebra of its own,
/// [dev.thalweg.tests.law.Interpreter] computes it row by row, [dev.thalweg.tests.law.LatenessModel] says which rows a
/// cut makes late, and DuckDB ([dev.thalweg.tests.law.DuckSql]) is the third opinion. Open
/// [dev.thalweg.tests.law.LawProperties] first.
@NullMarked
package dev.thalweg.tests.law;

import org.jspecify.annotations.NullMarked;
