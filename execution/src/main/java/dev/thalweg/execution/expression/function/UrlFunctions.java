package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of a URL, and text made fit for one.
public final class UrlFunctions {
    private UrlFunctions() {}

    public static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static String urlDecode(String text) {
        String decoded = tryUrlDecode(text);
        if (decoded == null) {
            throw Reject.argument("url_decode", "argument", text,
                    "text with a % only before two hexadecimal digits; try_url_decode gives NULL instead");
        }
        return decoded;
    }

    public static @Nullable String tryUrlDecode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// One part of a URL.
    ///
    /// @param part PROTOCOL, HOST, PATH, QUERY, REF, AUTHORITY, FILE or USERINFO; any other gives NULL
    public static @Nullable String parseUrl(String url, String part) {
        return part(parsed(url), part);
    }

    public static @Nullable String parseUrl(EvaluationContext context, String url, String part, String key) {
        return parameter(context, parsed(url), part, key);
    }

    public static @Nullable String tryParseUrl(String url, String part) {
        URI parsed = tryParsed(url);
        return parsed == null ? null : part(parsed, part);
    }

    public static @Nullable String tryParseUrl(EvaluationContext context, String url, String part, String key) {
        URI parsed = tryParsed(url);
        return parsed == null ? null : parameter(context, parsed, part, key);
    }

    private static URI parsed(String url) {
        URI parsed = tryParsed(url);
        if (parsed == null) {
            throw Reject.argument("parse_url", "URL", url,
                    "a URL, such as https://example.org/path?query=1; try_parse_url gives NULL instead");
        }
        return parsed;
    }

    private static @Nullable URI tryParsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static @Nullable String part(URI url, String part) {
        return switch (part) {
            case "PROTOCOL" -> url.getScheme();
            case "HOST" -> url.getHost();
            case "PATH" -> url.getRawPath();
            case "QUERY" -> url.getRawQuery();
            case "REF" -> url.getRawFragment();
            case "AUTHORITY" -> url.getRawAuthority();
            case "USERINFO" -> url.getRawUserInfo();
            case "FILE" -> url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
            default -> null;
        };
    }

    private static @Nullable String parameter(EvaluationContext context, URI url, String part, String key) {
        String query = url.getRawQuery();
        if (!part.equals("QUERY") || query == null) {
            return null;
        }
        Pattern pattern = RegexFunctions.pattern(context, "parse_url", "(&|^)" + key + "=([^&]*)");
        Matcher matcher = pattern.matcher(query);
        return matcher.find() ? matcher.group(2) : null;
    }
}
