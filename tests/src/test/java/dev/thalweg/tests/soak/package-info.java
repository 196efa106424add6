/// State that stays bounded: each operator that time frees runs over many events, and what it holds must not grow.
///
/// The queries are `soak/*.sql` in the test resources, [dev.thalweg.tests.soak.Soak] runs one of them,
/// [dev.thalweg.tests.soak.Peaks] says whether it is flat. Every build runs a short form; `mvn verify -Psoak` takes 50 million events
/// a query.
@NullMarked
package dev.thalweg.tests.soak;

import org.jspecify.annotations.NullMarked;
