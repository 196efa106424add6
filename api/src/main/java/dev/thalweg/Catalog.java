package dev.thalweg;

/// The tables, views and functions of a session, for programs.
public final class Catalog {
    private final ThalwegSession session;

    Catalog(ThalwegSession session) {
        this.session = session;
    }

    public Dataset<Row> listTables() {
        return session.sql("SHOW TABLES");
    }

    public Dataset<Row> listFunctions() {
        return session.sql("SHOW FUNCTIONS");
    }

    public Dataset<Row> listColumns(String table) {
        return session.sql("DESCRIBE `" + table.replace("`", "``") + "`");
    }

    public boolean tableExists(String name) {
        return session.tableCatalog().find(name).isPresent();
    }

    public boolean functionExists(String name) {
        return session.planner().functions().names().stream().anyMatch(name::equalsIgnoreCase);
    }

    /// Forgets a session's view, and says whether there was one.
    public boolean dropTempView(String name) {
        boolean isView = session.tableCatalog().find(name).filter(entry -> entry.temporary()).isPresent();
        return isView && session.tableCatalog().drop(name);
    }
}
