package dev.thalweg.execution.expression.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A DECIMAL in a vector")
final class DecimalsTest {
    @Test
    @DisplayName("is read as it was written, at both sides of where it no longer fits into a long")
    void isReadAsItWasWritten() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(16, 8).address();
            for (int digits = 1; digits <= 38; digits++) {
                for (int scale : new int[] {0, 2, digits}) {
                    BigInteger nines = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
                    for (BigInteger unscaled : new BigInteger[] {nines, nines.negate(), BigInteger.TEN.pow(digits - 1),
                            BigInteger.ZERO}) {
                        BigDecimal value = new BigDecimal(unscaled, scale);
                        Decimals.write(address, value, scale);
                        assertThat(Decimals.read(address, scale)).isEqualTo(value);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("is rounded half up to the scale of its column")
    void isRoundedToTheScaleOfItsColumn() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(16, 8).address();
            Decimals.write(address, new BigDecimal("-1.25"), 1);
            assertThat(Decimals.read(address, 1)).isEqualTo(new BigDecimal("-1.3"));
            Decimals.write(address, new BigDecimal("7"), 3);
            assertThat(Decimals.read(address, 3)).isEqualTo(new BigDecimal("7.000"));
        }
    }
}
