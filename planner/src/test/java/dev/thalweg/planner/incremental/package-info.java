@NullMarked
package dev.thalweg.planner.incremental;

import org.jspecify.annotations.NullMarked;
