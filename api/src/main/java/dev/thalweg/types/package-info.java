/// The types of columns as a program names them: [StructType] is the api's view of a row type.
///
/// Start with [DataTypes]. Everything is immutable.
@NullMarked
package dev.thalweg.types;

import org.jspecify.annotations.NullMarked;
