-- What may be asked of a query's state and of its inputs.
CREATE STREAM lines (value STRING) USING memory;
SET thalweg.sql.unboundedState = 'refuse';
CREATE MATERIALIZED VIEW by_line AS SELECT value, count(*) AS n FROM STREAM lines GROUP BY value;
--> error THW-3280: The state of query 'by_line' grows without end, and thalweg.sql.unboundedState is 'refuse':
CREATE MATERIALIZED VIEW total AS SELECT count(*) AS n FROM STREAM lines;
AWAIT QUERY total UNTIL IDLE;
SELECT * FROM total;
SET thalweg.sql.unboundedState = 'never';
--> error THW-2001: Option 'thalweg.sql.unboundedState' is 'never', but must be 'allow', 'warn' or 'refuse'.
SET thalweg.state.rowsMax = 0;
--> error THW-2001: Option 'thalweg.state.rowsMax' is '0', but must be a whole number from 1 up.
SET thalweg.sql.idleTimeout = 'soon';
--> error THW-2001: Option 'thalweg.sql.idleTimeout' is 'soon', but must be a length of time from a millisecond up, such as '10 seconds'.
CREATE STREAM slow (ts TIMESTAMP) USING memory OPTIONS (idleTimeout '-1 second');
--> error THW-2001: Option 'idleTimeout' is '-1 second', but must be a length of time from a millisecond up, such as '10 seconds'.
CREATE STREAM slow (ts TIMESTAMP) USING memory OPTIONS (idleTimeot '1 second');
--> error THW-2002: Unknown option 'idleTimeot' of 'slow'. Did you mean 'idleTimeout'?
