/// Makes rows at a steady rate, for demos and load tests.
///
/// Read [RateSource] first. The trigger thread calls the source, tasks their readers.
@NullMarked
package dev.thalweg.source.rate;

import org.jspecify.annotations.NullMarked;
