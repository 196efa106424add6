package dev.thalweg.parser;

/// Reads a quoted string as Spark does: a quote may be doubled, a backslash starts an escape.
final class StringEscapes {
    private StringEscapes() {}

    /// @param token with its quotes, and with `r` in front when it is raw
    static String unquote(String token) {
        if (token.charAt(0) == 'r' || token.charAt(0) == 'R') {
            return token.substring(2, token.length() - 1);
        }
        char quote = token.charAt(0);
        StringBuilder text = new StringBuilder(token.length());
        int at = 1;
        int end = token.length() - 1;
        while (at < end) {
            char c = token.charAt(at);
            if (c == '\\' && at + 1 < end) {
                at = escape(token, at + 1, end, text);
            } else {
                text.append(c);
                at += c == quote ? 2 : 1; // a quote inside stands twice
            }
        }
        return text.toString();
    }

    /// Appends what the escape stands for, and returns the place after it.
    private static int escape(String token, int at, int end, StringBuilder text) {
        char c = token.charAt(at);
        if (c == 'u' && isNumber(token, at + 1, at + 5, 16, end)) {
            text.append((char) Integer.parseInt(token.substring(at + 1, at + 5), 16));
            return at + 5;
        }
        if (c == 'U' && isNumber(token, at + 1, at + 9, 16, end)) {
            long codePoint = Long.parseLong(token.substring(at + 1, at + 9), 16);
            text.appendCodePoint(codePoint <= Character.MAX_CODE_POINT ? (int) codePoint : 0xFFFD);
            return at + 9;
        }
        if (c >= '0' && c <= '1' && isNumber(token, at, at + 3, 8, end)) {
            text.append((char) Integer.parseInt(token.substring(at, at + 3), 8));
            return at + 3;
        }
        switch (c) {
            case '0' -> text.append('\0');
            case 'b' -> text.append('\b');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'Z' -> text.append('\u001A');
            case '%', '_' -> text.append('\\').append(c); // the escapes of LIKE stay for LIKE to see
            default -> text.append(c);
        }
        return at + 1;
    }

    private static boolean isNumber(String token, int from, int to, int radix, int end) {
        if (to > end) {
            return false;
        }
        return token.substring(from, to).chars().allMatch(c -> Character.digit(c, radix) >= 0);
    }
}
