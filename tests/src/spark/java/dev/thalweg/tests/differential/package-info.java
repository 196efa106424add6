/// Programs that ask Spark for its answers; compiled in the Maven profile `spark` only, so that no other build sees Spark.
package dev.thalweg.tests.differential;
