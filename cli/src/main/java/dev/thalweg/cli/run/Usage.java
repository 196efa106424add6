package dev.thalweg.cli.run;

/// What `--help` prints, and wrong usage after its message.
public final class Usage {
    public static final String TEXT = """
            Usage: thalweg COMMAND [OPTIONS]
            Streaming SQL over tables without end.

              run FILE                runs the SQL statements of a file, then waits for the queries that they start
              sql                     opens a shell; from a pipe, runs its statements as 'run' does
              sql -e STATEMENTS       runs statements, as 'run' does
              sql -f FILE             runs a file, as 'run' does
              bench NAME ...          measures queries beside other engines; alone, it says which there are
              checkpoint show DIR     tells what a checkpoint holds: its query, tables of state, versions and log
              checkpoint verify DIR   reads every byte of a checkpoint and its output and tells what is wrong; exit 1 if anything is

              --format FORMAT         how results are written: table, csv or json (default: table)
              -v, --verbose           tells what is done, and where an error comes from
              -h, --help              prints this
              -V, --version           prints the version

            A script ends at the first statement or query that fails.
            Exit codes: 0 all done, 1 a statement or query failed or a checkpoint is not sound, 2 wrong usage,
            3 no suitable JDK, 130 ended by Ctrl-C, 143 by SIGTERM.
            """;

    private Usage() {}
}
