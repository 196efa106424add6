package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// A compiled XPath expression and the parser of the documents that it is asked of. Nothing outside a document is ever read.
///
/// **Thread** one task.
final class XmlPath {
    private final XPathExpression expression;
    private final DocumentBuilder documents;

    private XmlPath(XPathExpression expression, DocumentBuilder documents) {
        this.expression = expression;
        this.documents = documents;
    }

    static XmlPath of(String path) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            DocumentBuilder documents = factory.newDocumentBuilder();
            documents.setErrorHandler(new DefaultHandler()); // else it prints
            return new XmlPath(XPathFactory.newInstance().newXPath().compile(path), documents);
        } catch (XPathExpressionException _) {
            throw Reject.argument("xpath", "path", path, "an XPath expression, such as a/b[1]/text() or sum(a/b)");
        } catch (ParserConfigurationException e) {
            throw new Defect("THW-9460", "This Java's XML parser cannot be told to stay inside a document: " + e, e);
        }
    }

    /// What stands at the path, as the wanted Java type; nothing for an empty text.
    <T> Optional<T> find(String xml, Class<T> type) {
        if (xml.isEmpty()) {
            return Optional.empty();
        }
        try {
            Document document = documents.parse(new InputSource(new StringReader(xml)));
            return Optional.ofNullable(expression.evaluateExpression(document, type));
        } catch (SAXException e) {
            throw new InvalidQuery("THW-4241", "A text is no XML document: " + e.getMessage()
                    + " Filter such rows out, or mend the text.", e);
        } catch (XPathExpressionException e) {
            throw new InvalidQuery("THW-4005", "The path of an xpath function gives something of another type: "
                    + e.getMessage() + ". Use the function of its type, such as xpath_string.", e);
        } catch (IOException e) {
            throw new Defect("THW-9460", "A text in memory cannot be read: " + e, e);
        }
    }
}
