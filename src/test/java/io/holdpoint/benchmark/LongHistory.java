package io.holdpoint.benchmark;

import io.holdpoint.benchmark.Laboratory.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The years before: copies of one finished case, row by row in all tables that keep something of it, each copy with ids
 * of its own.
 */
final class LongHistory {

    private static final int AT_ONCE = 10_000;

    /** Where the rows of a case are, in the order in which they have to be there. */
    private static final List<String> TABLES = List.of(
            "act_hi_procinst",
            "act_hi_actinst",
            "act_hi_varinst",
            "act_hi_detail",
            "act_hi_job_log",
            "act_hi_op_log",
            "act_hi_decinst",
            "act_hi_dec_in",
            "act_hi_dec_out",
            "act_ge_bytearray",
            "hp_case",
            "hp_evidence",
            "hp_event");

    /** Columns that name a row; anything else is the same in each copy. */
    private static final Set<String> IDS = Set.of(
            "id_",
            "proc_inst_id_",
            "root_proc_inst_id_",
            "process_instance_id_",
            "execution_id_",
            "act_inst_id_",
            "parent_act_inst_id_",
            "var_inst_id_",
            "dec_inst_id_",
            "root_dec_inst_id_",
            "bytearray_id_",
            "job_id_",
            "case_id",
            "event_id");

    private final JdbcClient sql;
    private int copies;

    LongHistory(Side side) {
        this.sql = side.sql();
        var model = sql.sql("select case_id from hp_case where outcome = 'released' order by closed_at desc limit 1")
                .query(String.class)
                .single();
        // Its rows are kept apart: without its index a table would be read as a whole for each lot of copies.
        TABLES.forEach(table -> sql.sql("create table model_%s as select * from %s t where t.%s = :case"
                        .formatted(table, table, belongs(table)))
                .param("case", model)
                .update());
    }

    long size() {
        return sql.sql("select count(*) from hp_case where closed_at is not null")
                .query(Long.class)
                .single();
    }

    /**
     * How PostgreSQL is set while the years are written, and not while anything is measured. Settings that the server
     * was started with can't be changed like this.
     */
    private static final Map<String, String> IN_A_HURRY =
            Map.of("full_page_writes", "off", "autovacuum", "off", "max_parallel_maintenance_workers", "0");

    /**
     * Indexes are built anew at the end, which takes a fraction of the time that keeping them would, and nothing waits
     * for the disk until all is there.
     */
    void growTo(int cases) {
        IN_A_HURRY.forEach((setting, value) -> configure("set %s = %s".formatted(setting, value)));
        var indexes = indexes();
        indexes.keySet().forEach(index -> sql.sql("drop index " + index).update());
        while (copies < cases) {
            var from = copies + 1;
            copies = Math.min(copies + AT_ONCE, cases);
            var rows = TABLES.parallelStream()
                    .collect(Collectors.toConcurrentMap(table -> table, table -> copy(table, from)));
            if (from == 1) {
                System.out.printf("    rows per case: %s%n", rowsPerCase(rows));
            }
        }
        indexes.values().parallelStream()
                .forEach(definition -> sql.sql(definition).update());
        sql.sql("vacuum analyze").update();
        IN_A_HURRY.keySet().forEach(setting -> configure("reset " + setting));
        sql.sql("checkpoint").update();
    }

    private void configure(String setting) {
        sql.sql("alter system " + setting).update();
        sql.sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    /** Pages of 8 KiB that PostgreSQL did not find in its own memory since it started. */
    long pagesRead() {
        return sql.sql("select blks_read from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }

    /** Bytes that the database takes. */
    long bytes() {
        return sql.sql("select pg_database_size(current_database())")
                .query(Long.class)
                .single();
    }

    /** The indexes of these tables by name, with the statements that make them; those that a constraint has stay. */
    private Map<String, String> indexes() {
        return sql
                .sql("""
                        select indexname, indexdef from pg_indexes
                        where tablename in (:tables) and indexname not in (select conname from pg_constraint)
                        """)
                .param("tables", ofThePast())
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The inbox is looked through all the time. */
    private static List<String> ofThePast() {
        return TABLES.stream().filter(table -> !table.equals("hp_event")).toList();
    }

    private Map<String, Integer> rowsPerCase(Map<String, Integer> rows) {
        return rows.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue() / copies));
    }

    private int copy(String table, int from) {
        var columns = sql.sql("""
                        select column_name from information_schema.columns
                        where table_name = :table and is_identity = 'NO' order by ordinal_position
                        """).param("table", table).query(String.class).list();
        var values = columns.stream().map(LongHistory::copied).collect(Collectors.joining(", "));
        return sql.sql("insert into %s (%s) select %s from model_%s t, generate_series(%d, %d) n"
                        .formatted(table, String.join(", ", columns), values, table, from, copies))
                .update();
    }

    private static String copied(String column) {
        if (column.equals("document")) {
            return "t.document || '000000' || n";
        }
        // Some ids are as long as their columns already.
        return IDS.contains(column) ? "n || '.' || md5(t." + column + ")" : "t." + column;
    }

    private static String belongs(String table) {
        return table.startsWith("hp_") ? "case_id" : "root_proc_inst_id_";
    }
}
