/// NEXMark's queries as users run them, from the files of the examples, held against what DuckDB says of the same events.
@NullMarked
package dev.thalweg.tests.nexmark;

import org.jspecify.annotations.NullMarked;
