/// Our answers against those of other engines. Spark's are recorded in `src/test/resources/spark`; the program that asks it for
/// them is in `src/spark/java` and compiled in the Maven profile `spark` only, so that no other build sees Spark.
@NullMarked
package dev.thalweg.tests.differential;

import org.jspecify.annotations.NullMarked;
