/// Features as specifications: a [dev.thalweg.tests.spec.Scenario] says what a query emits trigger by trigger, and runs it
/// several ways; what SQL can say, the files below `spec/` in the test resources say ([dev.thalweg.tests.spec.SqlFileSpec]).
@NullMarked
package dev.thalweg.tests.spec;

import org.jspecify.annotations.NullMarked;
