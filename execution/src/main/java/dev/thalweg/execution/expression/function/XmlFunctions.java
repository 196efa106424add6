package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import java.util.ArrayList;
import java.util.List;
import javax.xml.xpath.XPathNodes;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/// What an XPath expression finds in a text that is an XML document. An empty text gives NULL, one that is no XML an error.
public final class XmlFunctions {
    private XmlFunctions() {}

    /// The values of the nodes found; an element itself has none, its `text()` has.
    public static @Nullable List<@Nullable String> xpath(EvaluationContext context, String xml, Utf8 path) {
        XPathNodes nodes = path(context, path).find(xml, XPathNodes.class).orElse(null);
        if (nodes == null) {
            return null;
        }
        List<@Nullable String> values = new ArrayList<>();
        for (Node node : nodes) {
            values.add(node.getNodeValue());
        }
        return values;
    }

    private static XmlPath path(EvaluationContext context, Utf8 path) {
        return context.remember(XmlPath.class, path, XmlPath::of);
    }

    public static @Nullable Boolean xpathBoolean(EvaluationContext context, String xml, Utf8 path) {
        return path(context, path).find(xml, Boolean.class).orElse(null);
    }

    public static @Nullable String xpathString(EvaluationContext context, String xml, Utf8 path) {
        return path(context, path).find(xml, String.class).orElse(null);
    }

    /// NaN for what is no number.
    public static @Nullable Double xpathDouble(EvaluationContext context, String xml, Utf8 path) {
        return path(context, path).find(xml, Double.class).orElse(null);
    }

    public static @Nullable Float xpathFloat(EvaluationContext context, String xml, Utf8 path) {
        Double number = xpathDouble(context, xml, path);
        return number == null ? null : (Float) number.floatValue();
    }

    /// Towards zero; 0 for what is no number.
    public static @Nullable Long xpathLong(EvaluationContext context, String xml, Utf8 path) {
        Double number = xpathDouble(context, xml, path);
        return number == null ? null : (Long) number.longValue();
    }

    public static @Nullable Integer xpathInt(EvaluationContext context, String xml, Utf8 path) {
        Double number = xpathDouble(context, xml, path);
        return number == null ? null : (Integer) number.intValue();
    }

    /// The last 16 bits of the whole number.
    public static @Nullable Integer xpathShort(EvaluationContext context, String xml, Utf8 path) {
        Double number = xpathDouble(context, xml, path);
        return number == null ? null : (Integer) (int) number.shortValue();
    }
}
