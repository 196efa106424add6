// The statements of Thalweg's SQL: Spark SQL's, and those that run streams. Queries and expressions are in imports/.
parser grammar ThalwegParser;

options {
    tokenVocab = ThalwegLexer;
}

import Queries, Expressions;

singleStatement : statement EOF;
singleQuery : query EOF;
singleExpression : expression EOF;
singleSelectItem : selectItem EOF;
singleSchema : columnList EOF;
singleType : dataType EOF;

statement
    : query                                                                                   # queryStatement
    | INSERT (INTO | OVERWRITE) TABLE? name=identifier (AS QUERY queryName=identifier)? columnNames? query # insert
    | BEGIN (QUERY queryName=identifier)? optionList? (statement SEMICOLON)+ END              # block
    | CREATE (OR REPLACE)? kind=(STREAM | TABLE) (IF NOT EXISTS)? name=identifier
      (LEFT_PAREN tableElement (COMMA tableElement)* RIGHT_PAREN)? tableClause* (AS query)?   # createTable
    | CREATE (OR REPLACE)? (TEMPORARY | TEMP)? VIEW (IF NOT EXISTS)? name=identifier columnNames?
      comment? AS query                                                                       # createView
    | CREATE (OR REPLACE)? MATERIALIZED VIEW (IF NOT EXISTS)? name=identifier
      optionList? AS query                                                                       # createMaterializedView
    | CREATE (OR REPLACE)? (TEMPORARY | TEMP)? FUNCTION (IF NOT EXISTS)? name=identifier
      LEFT_PAREN columnList? RIGHT_PAREN (RETURNS result=dataType)? functionClause* RETURN body=expression # createFunction
    | DROP (TEMPORARY | TEMP)? FUNCTION (IF EXISTS)? name=identifier                          # dropFunction
    | DROP dropKind (IF EXISTS)? name=identifier                                              # drop
    | SHOW what=(TABLES | QUERIES | FUNCTIONS) (LIKE? pattern=stringLiteral)?                 # show
    | (DESCRIBE | DESC) QUERY queryName=identifier                                            # describeRunningQuery
    | (DESCRIBE | DESC) FUNCTION EXTENDED? (functionName | stringLiteral)                     # describeFunction
    | (DESCRIBE | DESC) TABLE? EXTENDED? name=identifier                                      # describeTable
    | (DESCRIBE | DESC) QUERY? query                                                          # describeResult
    | EXPLAIN kind=(INCREMENTAL | CODEGEN | STATE)? statement                                 # explain
    | AWAIT QUERY name=identifier (UNTIL IDLE)? (TIMEOUT timeout)?                            # awaitQuery
    | STOP QUERY name=identifier                                                              # stopQuery
    | SET TIME ZONE (LOCAL | zone=stringLiteral)                                              # setTimeZone
    | SET (settingName (EQ settingValue)?)?                                                   # setting
    | REFRESH TABLE? name=identifier                                                          # refreshTable
    ;

tableElement
    : WATERMARK FOR name=identifier AS expression                         # watermarkElement
    | column                                                              # columnElement
    ;

tableClause
    : USING format=identifier                                             # usingClause
    | optionList                                                          # optionsClause
    | PARTITIONED BY columnNames                                          # partitionedByClause
    | LOCATION stringLiteral                                              # locationClause
    | comment                                                             # commentClause
    ;

functionClause : LANGUAGE identifier | NOT? DETERMINISTIC | comment;

optionList : OPTIONS LEFT_PAREN option (COMMA option)* RIGHT_PAREN;

option : key=optionKey EQ? value=optionValue;

optionKey : anyWord (DOT anyWord)* | stringLiteral;

optionValue : stringLiteral | number | TRUE | FALSE | identifier;

dropKind : TABLE | STREAM | MATERIALIZED VIEW | VIEW;

timeout : intervalLiteral | stringLiteral | intervalPart+;

settingName : anyWord ((DOT | MINUS_SIGN) anyWord)* | stringLiteral;

settingValue : stringLiteral | .+?;
