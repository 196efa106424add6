// Values, types and names: what stands in a SELECT list, a WHERE clause or a column list.
parser grammar Expressions;

expression
    : (NOT | BANG) expression                         # logicalNot
    | valueExpression predicate?                      # predicated
    | left=expression AND right=expression            # logicalAnd
    | left=expression OR right=expression             # logicalOr
    ;

predicate
    : NOT? BETWEEN lower=valueExpression AND upper=valueExpression                          # betweenPredicate
    | NOT? IN LEFT_PAREN query RIGHT_PAREN                                                  # inQuery
    | NOT? IN LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN                         # inList
    | NOT? (RLIKE | REGEXP) pattern=valueExpression                                         # rlikePredicate
    | NOT? (LIKE | ILIKE) quantifier=(ANY | SOME | ALL) LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN # likeQuantified
    | NOT? (LIKE | ILIKE) pattern=valueExpression (ESCAPE escape=stringLiteral)?            # likePredicate
    | IS NOT? NULL                                                                          # isNull
    | IS NOT? truth=(TRUE | FALSE | UNKNOWN)                                                # isTruth
    | IS NOT? DISTINCT FROM right=valueExpression                                           # isDistinct
    ;

valueExpression
    : primary                                                                                 # primaryValue
    | operator=(MINUS_SIGN | PLUS | TILDE) valueExpression                                    # unary
    | left=valueExpression operator=(ASTERISK | SLASH | PERCENT | DIV) right=valueExpression  # binary
    | left=valueExpression operator=(PLUS | MINUS_SIGN | CONCAT_PIPE) right=valueExpression   # binary
    | left=valueExpression shift right=valueExpression                                        # shifted
    | left=valueExpression operator=AMPERSAND right=valueExpression                           # binary
    | left=valueExpression operator=HAT right=valueExpression                                 # binary
    | left=valueExpression operator=PIPE right=valueExpression                                # binary
    | left=valueExpression operator=(EQ | NULL_SAFE_EQ | NEQ | LT | LTE | GT | GTE) right=valueExpression # comparison
    ;

// Two words rather than one, because MAP<STRING, ARRAY<INT>> ends so too.
shift : LT LT | GT GT GT?;

primary
    : literal                                                                            # literalValue
    | CASE whenClause+ (ELSE otherwise=expression)? END                                  # searchedCase
    | CASE value=expression whenClause+ (ELSE otherwise=expression)? END                 # simpleCase
    | function=(CAST | TRY_CAST) LEFT_PAREN expression AS dataType RIGHT_PAREN           # castCall
    | primary DOUBLE_COLON dataType                                                      # castSuffix
    | EXTRACT LEFT_PAREN (field=identifier | fieldText=stringLiteral) FROM source=valueExpression RIGHT_PAREN # extractCall
    | (SUBSTRING | SUBSTR) LEFT_PAREN text=valueExpression FROM start=valueExpression (FOR length=valueExpression)? RIGHT_PAREN # substringCall
    | TRIM LEFT_PAREN side=(BOTH | LEADING | TRAILING)? characters=valueExpression? FROM text=valueExpression RIGHT_PAREN # trimCall
    | POSITION LEFT_PAREN part=valueExpression IN text=valueExpression RIGHT_PAREN       # positionCall
    | OVERLAY LEFT_PAREN text=valueExpression PLACING part=valueExpression FROM start=valueExpression (FOR length=valueExpression)? RIGHT_PAREN # overlayCall
    | EXISTS LEFT_PAREN query RIGHT_PAREN                                                # existsQuery
    | functionCall                                                                       # function
    | semantics=(RUNNING | FINAL) functionCall                                           # matchedRows
    | LEFT_PAREN query RIGHT_PAREN                                                       # scalarQuery
    | LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN (ARROW body=expression)?     # parenthesised
    | valueName ARROW expression                                                         # lambda
    | (qualifiedName DOT)? ASTERISK                                                      # star
    | valueName                                                                          # columnReference
    | primary LEFT_BRACKET index=valueExpression RIGHT_BRACKET                           # element
    | primary DOT anyWord                                                                # field
    | primary COLON (anyWord | LEFT_BRACKET key=stringLiteral RIGHT_BRACKET)             # variantField
    ;

whenClause : WHEN condition=expression THEN result=expression;

functionCall
    : functionName LEFT_PAREN (setQuantifier? argument (COMMA argument)* orderInside?)? inside=nullTreatment? RIGHT_PAREN
      (WITHIN GROUP LEFT_PAREN ORDER BY sortItem (COMMA sortItem)* RIGHT_PAREN)?
      (FILTER LEFT_PAREN WHERE filter=expression RIGHT_PAREN)?
      outside=nullTreatment?
      (OVER (windowName=identifier | windowSpec))?
    ;

orderInside : ORDER BY sortItem (COMMA sortItem)*;

functionName : qualifiedName | LEFT | RIGHT | LIKE | ILIKE | RLIKE | REGEXP;

setQuantifier : DISTINCT | ALL;

argument
    : DESCRIPTOR LEFT_PAREN identifier (COMMA identifier)* RIGHT_PAREN        # descriptorArgument
    | TABLE relationPrimary partitionedBy?                                    # tableArgument
    | STREAM tableName partitionedBy?                                         # streamArgument
    | (qualifiedName DOT)? ASTERISK exceptColumns                             # starArgument
    | name=identifier FAT_ARROW argument                                      # namedArgument
    | expression (AS? alias=identifier)?                                      # valueArgument
    ;

partitionedBy
    : PARTITION BY LEFT_PAREN expression (COMMA expression)+ RIGHT_PAREN
    | PARTITION BY expression
    ;

nullTreatment : (IGNORE | RESPECT) NULLS;

windowSpec
    : LEFT_PAREN base=identifier?
      (PARTITION BY partitions+=expression (COMMA partitions+=expression)*)?
      (ORDER BY sortItem (COMMA sortItem)*)?
      windowFrame? RIGHT_PAREN
    ;

windowFrame
    : unit=(ROWS | RANGE | GROUPS) start=frameBound
    | unit=(ROWS | RANGE | GROUPS) BETWEEN start=frameBound AND end=frameBound
    ;

frameBound
    : UNBOUNDED side=(PRECEDING | FOLLOWING)
    | CURRENT ROW
    | expression side=(PRECEDING | FOLLOWING)
    ;

sortItem : expression direction=(ASC | DESC)? (NULLS nulls=(FIRST | LAST))?;

literal
    : NULL                                                                 # nullLiteral
    | intervalLiteral                                                      # intervalValue
    | TIME stringLiteral                                                   # typedLiteral
    | identifier stringLiteral                                             # typedLiteral
    | number                                                               # numericLiteral
    | (TRUE | FALSE)                                                       # booleanLiteral
    | HEX_STRING                                                           # binaryLiteral
    | stringLiteral                                                        # textLiteral
    ;

stringLiteral : (STRING | RAW_STRING)+;

number
    : MINUS_SIGN? (INTEGER | TINY_NUMBER | SMALL_NUMBER | BIG_NUMBER | DECIMAL_NUMBER | EXPONENT_NUMBER | FLOAT_NUMBER
      | DOUBLE_NUMBER | BIG_DECIMAL_NUMBER)
    ;

intervalLiteral
    : INTERVAL sign=(PLUS | MINUS_SIGN)? stringLiteral from=intervalUnit TO to=intervalUnit
    | INTERVAL intervalPart+
    | INTERVAL sign=(PLUS | MINUS_SIGN)? stringLiteral
    ;

intervalPart : sign=(PLUS | MINUS_SIGN)? (INTEGER | DECIMAL_NUMBER | stringLiteral) intervalUnit;

intervalUnit
    : YEAR | YEARS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS | HOUR | HOURS | MINUTE | MINUTES | SECOND | SECONDS
    | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS
    ;

dataType
    : ARRAY LT dataType GT                                                 # arrayType
    | MAP LT key=dataType COMMA value=dataType GT                          # mapType
    | STRUCT (LT (structField (COMMA structField)*)? GT | NEQ)             # structType
    | INTERVAL from=intervalUnit (TO to=intervalUnit)?                     # intervalType
    | identifier (LEFT_PAREN INTEGER (COMMA INTEGER)* RIGHT_PAREN)?        # simpleType
    ;

structField : anyWord COLON? dataType (NOT NULL)? comment?;

comment : COMMENT stringLiteral;

columnList : column (COMMA column)*;

column : anyWord COLON? dataType (NOT NULL)? comment?;

qualifiedName : identifier (DOT anyWord)*;

tableName : identifier (DOT anyWord)*;

identifier : IDENTIFIER | QUOTED_IDENTIFIER | nonReserved | WATERMARK | TABLESAMPLE | PIVOT | UNPIVOT | ASOF | MATCH_CONDITION
    | MATCH_RECOGNIZE;

// Spark's examples call the parameters of a lambda `left` and `right`.
valueName : identifier | LEFT | RIGHT;

// What may follow a table or an expression as its alias, without AS.
bareAlias : IDENTIFIER | QUOTED_IDENTIFIER | nonReserved;

// After a dot, and as a key of an option, every word is a name: window.end, t.order.
anyWord : identifier | reserved;

reserved
    : ALL | AND | ANTI | AS | BETWEEN | CASE | CROSS | DISTINCT | DIV | ELSE | EXCEPT | FALSE | FROM | FULL | GROUP
    | HAVING | ILIKE | IN | INNER | INTERSECT | INTO | IS | JOIN | LATERAL | LEFT | LIKE | LIMIT | MINUS | NATURAL | NOT
    | NULL | ON | OR | ORDER | QUALIFY | REGEXP | RIGHT | RLIKE | SELECT | SEMI | THEN | TRUE | UNION | USING | WHEN
    | WHERE | WITH
    ;

nonReserved
    : AFTER | ANY | ARRAY | ASC | AWAIT | BEGIN | BOTH | BUCKET | BY | CAST | CODEGEN | COMMENT | CREATE | CUBE
    | CURRENT | DAY | DAYS | DEFINE | DELAY | DESC | DESCRIBE | DESCRIPTOR | DETERMINISTIC | DROP | EMPTY | END | ESCAPE | EXCLUDE
    | EXISTS | EXPLAIN | EXTENDED | EXTRACT | FILTER | FINAL | FIRST | FOLLOWING | FOR | FUNCTION | FUNCTIONS
    | GROUPING | GROUPS | HOUR | HOURS | IDLE | IF | IGNORE | INCLUDE | INCREMENTAL | INSERT | INTERVAL | LANGUAGE | LAST
    | LEADING | LOCAL | LOCATION | MAP | MATCH | MATCHES | MATERIALIZED | MEASURES | MICROSECOND | MICROSECONDS
    | MILLISECOND | MILLISECONDS | MINUTE | MINUTES | MONTH | MONTHS | NEXT | NULLS | OF | OFFSET | OMIT | ONE
    | OPTIONS | OUT | OUTER | OVER | OVERLAY | OVERWRITE | PARTITION | PARTITIONED | PAST | PATTERN | PER | PERCENT_OF
    | PERMUTE | PLACING | POSITION | PRECEDING | QUERIES | QUERY | RANGE | RECURSIVE | REFRESH | REPEATABLE | REPLACE
    | RESPECT | RETURN | RETURNS | ROLLUP | ROW | ROWS | RUNNING | SECOND | SECONDS | SET | SETS | SHOW | SKIP_ROWS | SOME | STATE | STOP
    | STREAM | STRUCT | SUBSET | SUBSTR | SUBSTRING | SYSTEM_TIME | TABLE | TABLES | TEMP | TEMPORARY | TIME | TIMEOUT | TO
    | TRAILING | TRIM | TRY_CAST | UNBOUNDED | UNKNOWN | UNMATCHED | UNTIL | VALUES | VIEW | WEEK | WEEKS | WINDOW
    | WITHIN | YEAR | YEARS | ZONE
    ;
