-- What may be asked of a query's state and of its inputs.
CREATE STREAM lines (value STRING) USING memory;
SET thalweg.sql.unboundedState = 'refuse';
CREATE MATERIALIZED VIEW by_line AS SELECT value, count(*) AS n FROM STREAM lines GROUP BY value;
CREATE MATERIALIZED VIEW total AS SELECT count(*) AS n FROM STREAM lines;
AWAIT QUERY total UNTIL IDLE;
SELECT * FROM total;
SET thalweg.sql.unboundedState = 'never';
SET thalweg.state.rowsMax = 0;
SET thalweg.sql.idleTimeout = 'soon';
CREATE STREAM slow (ts TIMESTAMP) USING memory OPTIONS (idleTimeout '-1 second');
CREATE STREAM slow (ts TIMESTAMP) USING memory OPTIONS (idleTimeot '1 second');
