// SELECT, what it reads from, and how queries combine.
parser grammar Queries;

query : withClause? queryTerm orderBy? limitClause?;

withClause : WITH RECURSIVE? namedQuery (COMMA namedQuery)*;

namedQuery : name=identifier columnNames? recursionLevels? AS? LEFT_PAREN query RIGHT_PAREN;

// MAX RECURSION LEVEL n: words that are names everywhere else.
recursionLevels : identifier identifier identifier levels=INTEGER;

columnNames : LEFT_PAREN identifier (COMMA identifier)* RIGHT_PAREN;

queryTerm
    : queryPrimary                                                                           # plainQuery
    | left=queryTerm INTERSECT setQuantifier? right=queryTerm                                # setOperation
    | left=queryTerm operator=(UNION | EXCEPT | MINUS) setQuantifier? right=queryTerm        # setOperation
    ;

queryPrimary
    : select                                     # selectQuery
    | TABLE STREAM? tableName                    # tableQuery
    | values                                     # valuesQuery
    | LEFT_PAREN query RIGHT_PAREN               # nestedQuery
    ;

values : VALUES expression (COMMA expression)* tableAlias?;

orderBy : ORDER BY (sortAll | sortItem (COMMA sortItem)*);

sortAll : ALL direction=(ASC | DESC)? (NULLS nulls=(FIRST | LAST))?;

limitClause
    : LIMIT (ALL | limit=expression) (OFFSET offset=expression)?
    | OFFSET offset=expression
    ;

select
    : SELECT hints* setQuantifier? selectItem (COMMA selectItem)*
      fromClause?
      (WHERE where=expression)?
      groupBy?
      (HAVING having=expression)?
      (QUALIFY qualify=expression)?
      (WINDOW namedWindow (COMMA namedWindow)*)?
    ;

hints : HINT_BEGIN hint (COMMA? hint)* HINT_END;

hint : name=anyWord (LEFT_PAREN (hintArgument (COMMA hintArgument)*)? RIGHT_PAREN)?;

hintArgument : key=stringLiteral EQ value=stringLiteral | expression;

selectItem
    : (qualifiedName DOT)? ASTERISK exceptColumns
    | expression (AS alias=identifier | AS columnNames | bareAlias)?
    ;

exceptColumns : EXCEPT LEFT_PAREN qualifiedName (COMMA qualifiedName)* RIGHT_PAREN;

namedWindow : name=identifier AS windowSpec;

groupBy
    : GROUP BY ALL
    | GROUP BY groupItem (COMMA groupItem)* (WITH kind=(CUBE | ROLLUP))?
    | GROUP BY groupItem (COMMA groupItem)* GROUPING SETS LEFT_PAREN groupingSet (COMMA groupingSet)* RIGHT_PAREN
    ;

groupItem
    : GROUPING SETS LEFT_PAREN groupingSet (COMMA groupingSet)* RIGHT_PAREN           # groupingSets
    | kind=(CUBE | ROLLUP) LEFT_PAREN groupingSet (COMMA groupingSet)* RIGHT_PAREN    # cubeOrRollup
    | expression                                                                      # groupExpression
    ;

groupingSet
    : LEFT_PAREN RIGHT_PAREN
    | groupItem
    ;

fromClause : FROM relation (COMMA relation)* lateralView*;

relation : relationPrimary matchRecognize? (join | pivot)*;

// What follows AS in MEASURES and DEFINE is a name; SHOW, OMIT and WITH say what becomes of rows without a match.
matchRecognize
    : MATCH_RECOGNIZE LEFT_PAREN
      (PARTITION BY partitions+=expression (COMMA partitions+=expression)*)?
      (ORDER BY sortItem (COMMA sortItem)*)?
      (MEASURES matchMeasure (COMMA matchMeasure)*)?
      rowsPerMatch?
      (AFTER MATCH SKIP_ROWS skipTo)?
      PATTERN LEFT_PAREN rowPattern? RIGHT_PAREN
      (WITHIN within=intervalLiteral)?
      (SUBSET matchSubset (COMMA matchSubset)*)?
      (DEFINE matchDefinition (COMMA matchDefinition)*)?
      RIGHT_PAREN tableAlias?
    ;

matchMeasure : expression AS identifier;

rowsPerMatch
    : ONE ROW PER MATCH
    | ALL ROWS PER MATCH (SHOW EMPTY MATCHES | OMIT EMPTY MATCHES | WITH UNMATCHED ROWS)?
    ;

skipTo
    : PAST LAST ROW
    | TO NEXT ROW
    | TO end=(FIRST | LAST)? identifier
    ;

matchSubset : name=identifier EQ LEFT_PAREN members+=identifier (COMMA members+=identifier)* RIGHT_PAREN;

matchDefinition : identifier AS expression;

rowPattern : rowPatternTerm (PIPE rowPatternTerm)*;

rowPatternTerm : rowPatternFactor+;

rowPatternFactor : rowPatternPrimary patternQuantifier?;

rowPatternPrimary
    : PERMUTE LEFT_PAREN rowPattern (COMMA rowPattern)* RIGHT_PAREN                       # patternPermutation
    | identifier                                                                          # patternVariable
    | LEFT_PAREN rowPattern? RIGHT_PAREN                                                  # patternGroup
    | LEFT_BRACE MINUS_SIGN rowPattern MINUS_SIGN RIGHT_BRACE                             # patternExclusion
    ;

patternQuantifier
    : (ASTERISK | PLUS | QUESTION) reluctant=QUESTION?
    | LEFT_BRACE exactly=INTEGER RIGHT_BRACE reluctant=QUESTION?
    | LEFT_BRACE least=INTEGER? COMMA most=INTEGER? RIGHT_BRACE reluctant=QUESTION?
    ;

pivot
    : PIVOT LEFT_PAREN pivotCall (COMMA pivotCall)* FOR pivotColumns IN
      LEFT_PAREN pivotValue (COMMA pivotValue)* RIGHT_PAREN RIGHT_PAREN tableAlias?                 # pivotRows
    | UNPIVOT (nulls=(INCLUDE | EXCLUDE) NULLS)? LEFT_PAREN made=pivotColumns FOR name=identifier IN
      LEFT_PAREN unpivotColumn (COMMA unpivotColumn)* RIGHT_PAREN RIGHT_PAREN tableAlias?           # unpivotColumns
    ;

pivotCall : expression (AS alias=identifier | bareAlias)?;

pivotColumns
    : identifier
    | LEFT_PAREN identifier (COMMA identifier)* RIGHT_PAREN
    ;

pivotValue : expression (AS? alias=identifier)?;

unpivotColumn
    : (qualifiedName | LEFT_PAREN qualifiedName (COMMA qualifiedName)* RIGHT_PAREN) (AS? alias=identifier)?
    ;

join
    : joinType JOIN relationPrimary matchRecognize? joinCondition?
    | NATURAL joinType JOIN relationPrimary matchRecognize?
    | asofType JOIN relationPrimary matchRecognize? (MATCH_CONDITION LEFT_PAREN match=expression RIGHT_PAREN)? joinCondition?
    ;

asofType : LEFT OUTER? ASOF | INNER? ASOF | ASOF LEFT OUTER? | ASOF INNER;

joinType
    : INNER?
    | CROSS
    | LEFT OUTER?
    | RIGHT OUTER?
    | FULL OUTER?
    | LEFT? SEMI
    | LEFT? ANTI
    ;

joinCondition
    : ON expression
    | USING columnNames
    ;

relationPrimary
    : values                                                                                    # valuesRelation
    | STREAM (tableName | LEFT_PAREN tableName RIGHT_PAREN) sample? watermark? asOf? (tableAlias watermark?)? # streamRelation
    | LATERAL LEFT_PAREN query RIGHT_PAREN tableAlias?                                          # lateralQuery
    | LATERAL functionCall tableAlias?                                                          # lateralFunction
    | LEFT_PAREN query RIGHT_PAREN sample? watermark? (tableAlias watermark?)?                  # queryRelation
    | LEFT_PAREN relation RIGHT_PAREN sample? watermark? (tableAlias watermark?)?               # nestedRelation
    | functionCall watermark? (tableAlias watermark?)?                                          # functionRelation
    | tableName sample? watermark? asOf? (tableAlias watermark?)?                               # tableRelation
    ;

sample : TABLESAMPLE LEFT_PAREN sampleSize RIGHT_PAREN (REPEATABLE LEFT_PAREN seed=number RIGHT_PAREN)?;

sampleSize
    : percent=number PERCENT_OF
    | rows=INTEGER ROWS
    | BUCKET numerator=INTEGER OUT OF denominator=INTEGER
    ;

// The version of each row that was valid at a time.
asOf : FOR SYSTEM_TIME AS OF time=expression;

watermark : WATERMARK time=expression (AS alias=identifier)? DELAY OF delay;

delay : intervalLiteral | stringLiteral;

tableAlias : (AS identifier | bareAlias) columnNames?;

lateralView : LATERAL VIEW OUTER? functionCall table=bareAlias? (AS? columns+=identifier (COMMA columns+=identifier)*)?;
