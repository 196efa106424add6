-- concat_ws takes the text of whatever has one, as CAST makes it, and the elements of arrays.
SELECT concat_ws(',', TIMESTAMP_NTZ'2024-01-01 00:00:05', DATE'2024-02-29', 1, 1.50, 2e0, true, NULL, 'x');
--> 2024-01-01 00:00:05,2024-02-29,1,1.50,2.0,true,x
SELECT concat_ws(',', X'4142', INTERVAL 1 DAY, INTERVAL 3 MONTH);
--> AB,INTERVAL '1 00:00:00' DAY TO SECOND,INTERVAL '0-3' YEAR TO MONTH
SELECT concat_ws('-', array(DATE'2024-01-01', NULL), array(1, 2), array(), 'x', array('a', 'b'));
--> 2024-01-01-1-2-x-a-b
SELECT concat_ws('-'), concat_ws(NULL, 'a'), concat_ws('-', CAST(NULL AS DATE));
--> , NULL, 
SELECT concat_ws('-', CAST(TIMESTAMP'2024-01-01 00:00:05' AS STRING)) = concat_ws('-', TIMESTAMP'2024-01-01 00:00:05');
--> true
SELECT concat_ws(',', struct(1, 2));
--> error THW-1201: Function 'concat_ws' does not take (STRING, STRUCT<col1: INT NOT NULL, col2: INT NOT NULL>) (line 1, column 8).
SELECT concat_ws(',', map(1, 2));
--> error THW-1201: Function 'concat_ws' does not take (STRING, MAP<INT, INT>) (line 1, column 8).
SELECT concat_ws(',', array(array(1)));
--> error THW-1201: Function 'concat_ws' does not take (STRING, ARRAY<ARRAY<INT>>) (line 1, column 8).
-- What would be made of a slip in a count is refused before it takes all memory.
SELECT repeat('ab', 2147483647);
--> error THW-4005: The length of the result of repeat is '4294967294', but must be at most 100000000 characters.
SELECT space(200000000);
--> error THW-4005: The length of the result of space is '200000000', but must be at most 100000000 characters.
SELECT lpad('x', 2147483647, 'ab');
--> error THW-4005: The length of the result of lpad is '2147483647', but must be at most 100000000 characters.
SELECT rpad(X'00', 2147483647, X'01');
--> error THW-4005: The length of the result of rpad is '2147483647', but must be at most 100000000 characters.
SELECT size(array_repeat(1, 20000000));
--> error THW-4005: The length of the result of array_repeat is '20000000', but must be at most 10000000 elements.
SELECT size(sequence(1, 20000000));
--> error THW-4005: The length of the result of sequence is '10000001', but must be at most 10000000 elements.
