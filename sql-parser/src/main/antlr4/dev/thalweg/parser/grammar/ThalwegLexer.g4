// The words of Thalweg's SQL. Every keyword is written as a quoted word, so that the list of keywords (completion,
// "did you mean") is read off the generated vocabulary and kept nowhere else. Which keywords may also be names is said
// in Expressions.g4, rule nonReserved.
lexer grammar ThalwegLexer;

options {
    caseInsensitive = true;
}

@members {
    private boolean inHint;

    /// Of a sign of two characters only the first is taken.
    private void giveBackOne(int type) {
        setType(type);
        _input.seek(_input.index() - 1);
        setCharPositionInLine(getCharPositionInLine() - 1);
    }
}

SEMICOLON : ';';
LEFT_PAREN : '(';
RIGHT_PAREN : ')';
LEFT_BRACKET : '[';
RIGHT_BRACKET : ']';
LEFT_BRACE : '{';
RIGHT_BRACE : '}';
COMMA : ',';
DOT : '.';
COLON : ':';
DOUBLE_COLON : '::';
ARROW : '->';
FAT_ARROW : '=>';

EQ : '=' | '==';
NULL_SAFE_EQ : '<=>';
NEQ : '<>' | '!=';
LT : '<';
LTE : '<=' | '!>';
GT : '>';
GTE : '>=' | '!<';
PLUS : '+';
MINUS_SIGN : '-';
ASTERISK : '*';
SLASH : '/';
PERCENT : '%';
TILDE : '~';
AMPERSAND : '&';
PIPE : '|';
CONCAT_PIPE : '||';
HAT : '^';
BANG : '!';
QUESTION : '?';

AFTER : 'AFTER';
ALL : 'ALL';
AND : 'AND';
ANTI : 'ANTI';
ANY : 'ANY';
ARRAY : 'ARRAY';
AS : 'AS';
ASC : 'ASC';
ASOF : 'ASOF';
AWAIT : 'AWAIT';
BEGIN : 'BEGIN';
BETWEEN : 'BETWEEN';
BOTH : 'BOTH';
BUCKET : 'BUCKET';
BY : 'BY';
CASE : 'CASE';
CAST : 'CAST';
CODEGEN : 'CODEGEN';
COMMENT : 'COMMENT';
CREATE : 'CREATE';
CROSS : 'CROSS';
CUBE : 'CUBE';
CURRENT : 'CURRENT';
DAY : 'DAY';
DAYS : 'DAYS';
DEFINE : 'DEFINE';
DELAY : 'DELAY';
DESC : 'DESC';
DESCRIBE : 'DESCRIBE';
DESCRIPTOR : 'DESCRIPTOR';
DETERMINISTIC : 'DETERMINISTIC';
DISTINCT : 'DISTINCT';
DIV : 'DIV';
DROP : 'DROP';
ELSE : 'ELSE';
EMPTY : 'EMPTY';
END : 'END';
ESCAPE : 'ESCAPE';
EXCEPT : 'EXCEPT';
EXCLUDE : 'EXCLUDE';
EXISTS : 'EXISTS';
EXPLAIN : 'EXPLAIN';
EXTENDED : 'EXTENDED';
EXTRACT : 'EXTRACT';
FALSE : 'FALSE';
FILTER : 'FILTER';
FINAL : 'FINAL';
FIRST : 'FIRST';
FOLLOWING : 'FOLLOWING';
FOR : 'FOR';
FROM : 'FROM';
FULL : 'FULL';
FUNCTION : 'FUNCTION';
FUNCTIONS : 'FUNCTIONS';
GROUP : 'GROUP';
GROUPING : 'GROUPING';
GROUPS : 'GROUPS';
HAVING : 'HAVING';
HOUR : 'HOUR';
HOURS : 'HOURS';
IDLE : 'IDLE';
IF : 'IF';
IGNORE : 'IGNORE';
ILIKE : 'ILIKE';
IN : 'IN';
INCLUDE : 'INCLUDE';
INCREMENTAL : 'INCREMENTAL';
INNER : 'INNER';
INSERT : 'INSERT';
INTERSECT : 'INTERSECT';
INTERVAL : 'INTERVAL';
INTO : 'INTO';
IS : 'IS';
JOIN : 'JOIN';
LANGUAGE : 'LANGUAGE';
LAST : 'LAST';
LATERAL : 'LATERAL';
LEADING : 'LEADING';
LEFT : 'LEFT';
LIKE : 'LIKE';
LIMIT : 'LIMIT';
LOCAL : 'LOCAL';
LOCATION : 'LOCATION';
MAP : 'MAP';
MATCH : 'MATCH';
MATCHES : 'MATCHES';
MATCH_CONDITION : 'MATCH_CONDITION';
MATCH_RECOGNIZE : 'MATCH_RECOGNIZE';
MATERIALIZED : 'MATERIALIZED';
MEASURES : 'MEASURES';
MICROSECOND : 'MICROSECOND';
MICROSECONDS : 'MICROSECONDS';
MILLISECOND : 'MILLISECOND';
MILLISECONDS : 'MILLISECONDS';
MINUS : 'MINUS';
MINUTE : 'MINUTE';
MINUTES : 'MINUTES';
MONTH : 'MONTH';
MONTHS : 'MONTHS';
NATURAL : 'NATURAL';
NEXT : 'NEXT';
NOT : 'NOT';
NULL : 'NULL';
NULLS : 'NULLS';
OF : 'OF';
OFFSET : 'OFFSET';
OMIT : 'OMIT';
ON : 'ON';
ONE : 'ONE';
OPTIONS : 'OPTIONS';
OR : 'OR';
ORDER : 'ORDER';
OUT : 'OUT';
OUTER : 'OUTER';
OVER : 'OVER';
OVERLAY : 'OVERLAY';
OVERWRITE : 'OVERWRITE';
PARTITION : 'PARTITION';
PARTITIONED : 'PARTITIONED';
PAST : 'PAST';
PATTERN : 'PATTERN';
PER : 'PER';
PERCENT_OF : 'PERCENT';
PERMUTE : 'PERMUTE';
PIVOT : 'PIVOT';
PLACING : 'PLACING';
POSITION : 'POSITION';
PRECEDING : 'PRECEDING';
QUALIFY : 'QUALIFY';
QUERIES : 'QUERIES';
QUERY : 'QUERY';
RANGE : 'RANGE';
RECURSIVE : 'RECURSIVE';
REFRESH : 'REFRESH';
REGEXP : 'REGEXP';
REPEATABLE : 'REPEATABLE';
REPLACE : 'REPLACE';
RESPECT : 'RESPECT';
RETURN : 'RETURN';
RETURNS : 'RETURNS';
RIGHT : 'RIGHT';
RLIKE : 'RLIKE';
ROLLUP : 'ROLLUP';
ROW : 'ROW';
ROWS : 'ROWS';
RUNNING : 'RUNNING';
SECOND : 'SECOND';
SECONDS : 'SECONDS';
SELECT : 'SELECT';
SEMI : 'SEMI';
SET : 'SET';
SETS : 'SETS';
SHOW : 'SHOW';
SKIP_ROWS : 'SKIP';
SOME : 'SOME';
STATE : 'STATE';
STOP : 'STOP';
STREAM : 'STREAM';
STRUCT : 'STRUCT';
SUBSET : 'SUBSET';
SUBSTR : 'SUBSTR';
SUBSTRING : 'SUBSTRING';
SYSTEM_TIME : 'SYSTEM_TIME';
TABLE : 'TABLE';
TABLES : 'TABLES';
TABLESAMPLE : 'TABLESAMPLE';
TEMP : 'TEMP';
TEMPORARY : 'TEMPORARY';
THEN : 'THEN';
TIME : 'TIME';
TIMEOUT : 'TIMEOUT';
TO : 'TO';
TRAILING : 'TRAILING';
TRIM : 'TRIM';
TRUE : 'TRUE';
TRY_CAST : 'TRY_CAST';
UNBOUNDED : 'UNBOUNDED';
UNION : 'UNION';
UNKNOWN : 'UNKNOWN';
UNMATCHED : 'UNMATCHED';
UNPIVOT : 'UNPIVOT';
UNTIL : 'UNTIL';
USING : 'USING';
VALUES : 'VALUES';
VIEW : 'VIEW';
WATERMARK : 'WATERMARK';
WEEK : 'WEEK';
WEEKS : 'WEEKS';
WHEN : 'WHEN';
WHERE : 'WHERE';
WINDOW : 'WINDOW';
WITH : 'WITH';
WITHIN : 'WITHIN';
YEAR : 'YEAR';
YEARS : 'YEARS';
ZONE : 'ZONE';

// A quote inside a string is written twice or after a backslash.
STRING : '\'' (~['\\] | '\\' . | '\'\'')* '\'' | '"' (~["\\] | '\\' . | '""')* '"';
RAW_STRING : 'R' '\'' ~[']* '\'' | 'R' '"' ~["]* '"';
HEX_STRING : 'X' '\'' ~[']* '\'' | 'X' '"' ~["]* '"';

INTEGER : DIGIT+;
TINY_NUMBER : DIGIT+ 'Y';
SMALL_NUMBER : DIGIT+ 'S';
BIG_NUMBER : DIGIT+ 'L';
DECIMAL_NUMBER : DIGIT+ '.' DIGIT* | '.' DIGIT+;
EXPONENT_NUMBER : (DIGIT+ | DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT;
FLOAT_NUMBER : (DIGIT+ | DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT? 'F';
DOUBLE_NUMBER : (DIGIT+ | DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT? 'D';
BIG_DECIMAL_NUMBER : (DIGIT+ | DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT? 'BD';

IDENTIFIER : LETTER (LETTER | DIGIT | '$')*;
QUOTED_IDENTIFIER : '`' (~'`' | '``')* '`';

LINE_COMMENT : '--' ~[\r\n]* -> channel(HIDDEN);
// What begins with /*+ is a hint: words like any other. But /*++ is a line of signs in a comment, and */ ends a hint only where
// one has begun: 2*/* two */3 is a product. That is asked once the sign is read: a condition in front of it would be a condition in
// front of every word, and the lexer would then learn no word.
HINT_BEGIN : '/*+' {_input.LA(1) != '+' && _input.LA(1) != '*'}? {inHint = true;};
HINT_END : '*/' {
    if (!inHint) {
        giveBackOne(ASTERISK);
    }
    inHint = false;
};
BLOCK_COMMENT : '/*' {_input.LA(1) != '+' || _input.LA(2) == '+' || _input.LA(2) == '*'}? (NESTED_COMMENT | .)*? '*/'
    -> channel(HIDDEN);
SPACE : [ \r\n\t\u00A0\uFEFF]+ -> channel(HIDDEN);

// What no statement contains. Each is a token, so that the error can say what is wrong with it.
NUMBER_WITH_LETTERS : DIGIT+ (LETTER | DIGIT)+;
UNCLOSED_STRING : '\'' (~['\\] | '\\' . | '\'\'')* | '"' (~["\\] | '\\' . | '""')*;
UNCLOSED_IDENTIFIER : '`' (~'`' | '``')*;
UNKNOWN_CHARACTER : .;

fragment NESTED_COMMENT : '/*' (NESTED_COMMENT | .)*? '*/';
fragment DIGIT : [0-9];
fragment LETTER : [\p{L}_];
fragment EXPONENT : 'E' [+-]? DIGIT+;
