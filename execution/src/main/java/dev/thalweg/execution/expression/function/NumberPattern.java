package dev.thalweg.execution.expression.function;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A format of `to_number` and `to_char`, such as `S$999,999.00`.
///
/// @param before the sign in front: `S`, `MI` or nothing
/// @param groups the digits in front of the point, as written, without separators
/// @param fraction the digits after the point, as written
/// @param after the sign behind: `S`, `MI`, `PR` or nothing
record NumberPattern(String before, boolean dollar, List<String> groups, boolean point, String fraction, String after) {
    private static final Pattern FORMAT = Pattern
            .compile("(MI|S)?(\\$)?((?:[09]+[,G])*[09]*)([.D])?([09]*)(\\$)?(PR|MI|S)?");
    private static final Pattern NUMBER = Pattern.compile("([0-9,]*)(?:\\.([0-9]*))?");

    static NumberPattern of(String format) {
        Matcher parts = FORMAT.matcher(format.toUpperCase(Locale.ROOT));
        if (!parts.matches() || (parts.group(3) + parts.group(5)).isEmpty()
                || (parts.group(1) != null && parts.group(7) != null)) {
            throw Reject.argument("to_number or to_char", "format", format,
                    "digits 0 or 9 with , and . and, in front or behind, one of $, S, MI or PR, such as 'S999,999.00'");
        }
        return new NumberPattern(orEmpty(parts.group(1)), parts.group(2) != null || parts.group(6) != null,
                Arrays.asList(parts.group(3).split("[,G]", -1)), parts.group(4) != null, orEmpty(parts.group(5)),
                orEmpty(parts.group(7)));
    }

    private static String orEmpty(String part) {
        return part == null ? "" : part;
    }

    /// The number that `text` is, with as many decimals as the format has; empty if it does not match.
    Optional<BigDecimal> parse(String text) {
        String rest = text.strip();
        boolean negative = false;
        if (after.equals("PR") && rest.startsWith("<") && rest.endsWith(">")) {
            negative = true;
            rest = rest.substring(1, rest.length() - 1);
        } else if (!before.isEmpty() && !rest.isEmpty() && isSign(rest.charAt(0), before)) {
            negative = rest.charAt(0) == '-';
            rest = rest.substring(1);
        } else if (!after.isEmpty() && !rest.isEmpty() && isSign(rest.charAt(rest.length() - 1), after)) {
            negative = rest.endsWith("-");
            rest = rest.substring(0, rest.length() - 1);
        }
        if (dollar && !rest.startsWith("$")) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(dollar ? rest.substring(1) : rest);
        if (!number.matches() || !fits(number.group(1)) || orEmpty(number.group(2)).length() > fraction.length()) {
            return Optional.empty();
        }
        String digits = number.group(1).replace(",", "") + "." + orEmpty(number.group(2));
        if (digits.length() == 1) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal("0" + digits).setScale(fraction.length());
        return Optional.of(negative ? value.negate() : value);
    }

    private static boolean isSign(char sign, String kind) {
        return sign == '-' || (sign == '+' && kind.equals("S"));
    }

    /// Group by group from the point: a group that begins with 0 must be full.
    private boolean fits(String whole) {
        List<String> given = new ArrayList<>(Arrays.asList(whole.split(",", -1)));
        Collections.reverse(given);
        List<String> wanted = groups.reversed();
        if (given.size() > wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            int digits = i < given.size() ? given.get(i).length() : 0;
            int room = wanted.get(i).length();
            if (digits > room || (digits < room && wanted.get(i).startsWith("0"))) {
                return false;
            }
        }
        return true;
    }

    /// The number as the format says; every digit is # where it does not fit.
    String print(BigDecimal number) {
        String plain = number.abs().toPlainString();
        int at = plain.indexOf('.');
        String whole = (at < 0 ? plain : plain.substring(0, at)).replaceFirst("^0+", "");
        String decimals = at < 0 ? "" : plain.substring(at + 1);
        int room = groups.stream().mapToInt(String::length).sum();
        if (whole.isEmpty() && room > 0 && !fraction.isEmpty()) {
            whole = "0";
        }
        boolean fits = whole.length() <= room && decimals.length() <= fraction.length();
        StringBuilder text = new StringBuilder(dollar ? "$" : "");
        printWhole(text, fits ? " ".repeat(room - whole.length()) + whole : "#".repeat(room));
        if (point) {
            text.append(fraction.isEmpty() ? ' ' : '.');
        }
        text.append(
                fits ? decimals + "0".repeat(fraction.length() - decimals.length()) : "#".repeat(fraction.length()));
        return signed(text.toString(), number.signum() < 0);
    }

    private void printWhole(StringBuilder text, String digits) {
        boolean zeros = groups.getFirst().startsWith("0");
        int at = 0;
        for (int i = 0; i < groups.size(); i++) {
            if (i > 0) {
                text.append(Character.isDigit(text.charAt(text.length() - 1)) ? ',' : ' ');
            }
            for (int j = 0; j < groups.get(i).length(); j++) {
                char digit = digits.charAt(at++);
                text.append(digit == ' ' && zeros ? '0' : digit);
            }
        }
    }

    private String signed(String text, boolean negative) {
        String digits = text.stripLeading();
        String blanks = text.substring(0, text.length() - digits.length());
        String front = switch (before) {
            case "S" -> negative ? "-" : "+";
            case "MI" -> negative ? "-" : " ";
            default -> "";
        };
        return switch (after) {
            case "S" -> text + (negative ? "-" : "+");
            case "MI" -> text + (negative ? "-" : " ");
            case "PR" -> negative ? blanks + "<" + digits + ">" : text + "  ";
            default -> blanks + front + digits;
        };
    }
}
