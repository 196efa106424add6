/// The rules of the house that no linter keeps: which module may import which, how long a file may be, which words are not
/// names. Read [HouseRulesTest].
@NullMarked
package dev.thalweg.tests.house;

import org.jspecify.annotations.NullMarked;
