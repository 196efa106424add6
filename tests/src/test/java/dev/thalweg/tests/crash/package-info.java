/// Exactly once, held against real deaths: queries in a child process are killed at every durable step and started again, and
/// what a reader finds in the end is what one undisturbed run writes. And what a start makes of a damaged, foreign or taken
/// checkpoint.
@NullMarked
package dev.thalweg.tests.crash;

import org.jspecify.annotations.NullMarked;
