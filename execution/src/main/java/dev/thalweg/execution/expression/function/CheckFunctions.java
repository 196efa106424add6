package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.Utf8;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Whether texts are what they should be: UTF-8, or a number with a check digit.
public final class CheckFunctions {
    private CheckFunctions() {}

    /// Whether a number's last digit is the check digit that Luhn's algorithm gives, as that of a payment card is.
    public static boolean luhnCheck(Utf8 number) {
        int sum = 0;
        boolean doubles = false;
        for (int i = number.length() - 1; i >= 0; i--) {
            int digit = number.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int counted = doubles ? 2 * digit : digit;
            sum += counted > 9 ? counted - 9 : counted;
            doubles = !doubles;
        }
        return number.length() > 0 && sum % 10 == 0;
    }

    /// The text itself; an error where it is not UTF-8.
    public static Utf8 validateUtf8(Utf8 text) {
        if (!StringFunctions.isValidUtf8(text)) {
            throw Reject.argument("validate_utf8", "text", HexFormat.of().withUpperCase().formatHex(text.toBytes()),
                    "UTF-8 (try_validate_utf8 gives NULL instead, make_valid_utf8 a text that is)");
        }
        return text;
    }

    public static @Nullable Utf8 tryValidateUtf8(Utf8 text) {
        return StringFunctions.isValidUtf8(text) ? text : null;
    }
}
