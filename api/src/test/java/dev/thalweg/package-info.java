@NullMarked
package dev.thalweg;

import org.jspecify.annotations.NullMarked;
