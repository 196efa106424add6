/// The functional interfaces that programs hand over, named as Spark's are.
@NullMarked
package dev.thalweg.api.java.function;

import org.jspecify.annotations.NullMarked;
