/// Connectors as a user meets them, through SQL: what becomes of input that is not what the table says.
@NullMarked
package dev.thalweg.tests.connector;

import org.jspecify.annotations.NullMarked;
