/// The functions of Java that programs register for SQL, named as Spark's are: [dev.thalweg.api.java.UDF1] takes one value.
@NullMarked
package dev.thalweg.api.java;

import org.jspecify.annotations.NullMarked;
