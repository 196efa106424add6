package dev.thalweg.parser;

import org.apache.calcite.sql.parser.SqlParserPos;

/// Where a statement came from.
///
/// @param source the whole script; the positions of the statement's tree point into it
/// @param text the statement alone, without its semicolon
/// @param position its first to its last character in the script
public record Origin(SourceText source, String text, SqlParserPos position) {}
