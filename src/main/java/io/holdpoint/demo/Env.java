package io.holdpoint.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One call's view of the records: who asks, for which companies, at which moment; and the verbs that every model has.
 */
final class Env {

    /** As the database keeps it; clients read whole seconds. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_AND_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}:\\d{2})?");

    final Map<String, Object> context;
    private final Store store;
    private final Map<String, Model> models;
    private final long userId;
    private final boolean sudo;
    private final boolean guarded;
    private final Instant now;

    /** @param guarded whether the guards of {@code odoo-setup} are there and switched on */
    Env(
            Store store,
            Map<String, Model> models,
            long userId,
            boolean sudo,
            boolean guarded,
            Map<String, Object> context,
            Instant now) {
        this.store = store;
        this.models = models;
        this.userId = userId;
        this.sudo = sudo;
        this.guarded = guarded;
        this.context = context;
        this.now = now;
    }

    /** The same user, whom no access right stops; rules of the business still do. */
    Env sudo() {
        return new Env(store, models, userId, true, guarded, context, now);
    }

    /** The same call with the eyes and rights of another user. */
    Env as(long otherUserId) {
        return new Env(store, models, otherUserId, false, guarded, context, now);
    }

    Env with(Map<String, Object> otherContext) {
        return new Env(store, models, userId, sudo, guarded, otherContext, now);
    }

    boolean guardsStand() {
        return guarded;
    }

    /** Whether no guard has a say: it is Holdpoint that acts, or they are switched off. */
    boolean isUnguarded() {
        return !guardsStand() || isIn(Groups.TECHNICAL);
    }

    long userId() {
        return userId;
    }

    Row user() {
        return row("res.users", userId);
    }

    String moment() {
        return MOMENT.format(now);
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    boolean isIn(String group) {
        return isInOneOf(Set.of(group));
    }

    private boolean isInOneOf(Set<String> groups) {
        return user().refs("group_ids").stream()
                .anyMatch(id -> groups.contains(row("res.groups", id).text("name")));
    }

    /** The company with whose eyes company-dependent values are read. */
    long companyId() {
        return companyIds().get(0);
    }

    List<Long> companyIds() {
        var own = user().refs("company_ids");
        if (context.get("allowed_company_ids") instanceof Collection<?> allowed && !allowed.isEmpty()) {
            var ids = Json.ids(allowed);
            if (!sudo && !own.containsAll(ids)) {
                throw Errors.noAccessToCompany();
            }
            return ids;
        }
        var first = user().ref("company_id");
        var ids = new ArrayList<>(List.of(first));
        own.stream().filter(id -> id != first).forEach(ids::add);
        return ids;
    }

    Model model(String name) {
        var model = models.get(name);
        if (model == null) {
            throw Errors.unknownModel(name);
        }
        return model;
    }

    // ---- reading inside a call: no rights asked

    /** The record, which has to exist. */
    Row row(String model, long id) {
        var row = store.get(model, id);
        if (row == null) {
            throw Errors.missing(model, id, userId);
        }
        return row;
    }

    @Nullable
    Row find(String model, long id) {
        return store.get(model, id);
    }

    Collection<Row> all(String model) {
        return store.all(model);
    }

    /** The records whose many-to-one leads to this one, in their model's order. */
    List<Row> inverse(String model, String field, long id) {
        return sorted(
                model(model),
                store.all(model).stream().filter(row -> row.ref(field) == id).toList(),
                model(model).order);
    }

    /** A stored or computed value, null for none; company-dependent ones for the company of this call. */
    @Nullable
    Object value(Model model, Row row, String name) {
        var field = model.fields.get(name);
        if (field == null) {
            throw Errors.unknownField(model.name, name);
        }
        if (field.compute() != null) {
            return field.compute().of(this, row);
        }
        if (field.type().equals("one2many")) {
            return inverse(String.valueOf(field.relation()), String.valueOf(field.inverse()), row.id()).stream()
                    .map(Row::id)
                    .toList();
        }
        var stored = row.get(name);
        if (field.perCompany()) {
            var own = stored instanceof Map<?, ?> byCompany ? byCompany.get(String.valueOf(companyId())) : null;
            return own == null ? model.companyDefaults.get(name) : own;
        }
        return stored;
    }

    String displayName(String model, long id) {
        var row = store.get(model, id);
        return row == null ? "" : String.valueOf(model(model).displayName.of(this, row));
    }

    // ---- the verbs

    List<Long> search(Model model, List<?> domain, String order, int offset, int limit) {
        require(model, "read");
        var matches = Domain.of(this, model, domain);
        var hideArchived = model.fields.containsKey("active")
                && !Boolean.FALSE.equals(context.get("active_test"))
                && !Domain.mentions(domain, "active");
        var found = store.all(model.name).stream()
                .filter(row -> !hideArchived || row.flag("active"))
                .filter(row -> visible(model, row))
                .filter(matches)
                .toList();
        var ids = sorted(model, found, order.isBlank() ? model.order : order).stream()
                .skip(offset)
                .map(Row::id);
        return (limit > 0 ? ids.limit(limit) : ids).toList();
    }

    /** Values as a client gets them; records that do not exist are left out. */
    List<Map<String, Object>> read(Model model, Collection<Long> ids, List<String> names, boolean plainIds) {
        require(model, "read");
        var fields = names.isEmpty() ? List.copyOf(model.fields.keySet()) : names;
        for (var field : fields) {
            if (!model.fields.containsKey(field)) {
                throw Errors.unknownField(model.name, field);
            }
            var forbidden = forbidden(model, field);
            if (forbidden && !names.isEmpty()) {
                throw Errors.noAccessToField(model, field);
            }
        }
        var records = new ArrayList<Map<String, Object>>();
        for (var id : new LinkedHashSet<>(ids)) {
            var row = store.get(model.name, id);
            if (row == null) {
                continue;
            }
            if (!visible(model, row)) {
                throw Errors.noAccessToRecord(model, id, user());
            }
            var values = new LinkedHashMap<String, Object>();
            values.put("id", id);
            for (var field : fields) {
                if (!forbidden(model, field)) {
                    values.put(field, shown(model.field(field), value(model, row, field), plainIds));
                }
            }
            records.add(values);
        }
        return records;
    }

    long create(Model model, Map<String, Object> given) {
        require(model, "create");
        var values = new TreeMap<String, @Nullable Object>(accepted(model, null, given));
        var id = store.nextId(model.name);
        model.defaults.fill(this, id, values);
        for (var field : model.required) {
            if (values.get(field) == null) {
                throw Errors.required(model, field);
            }
        }
        values.put("create_date", moment());
        values.put("write_date", moment());
        values.put("create_uid", userId);
        values.put("write_uid", userId);
        store.put(model.name, new Row(id, Map.of()).with(values));
        writeLines(model, id, given);
        model.rule.changed(this, null, row(model.name, id));
        return id;
    }

    void write(Model model, Collection<Long> ids, Map<String, Object> given) {
        require(model, "write");
        for (var id : ids) {
            var before = row(model.name, id);
            if (!visible(model, before)) {
                throw Errors.noAccessToRecord(model, id, user());
            }
            var values = new TreeMap<String, @Nullable Object>(accepted(model, before, given));
            for (var field : model.required) {
                if (values.containsKey(field) && values.get(field) == null) {
                    throw Errors.required(model, field);
                }
            }
            values.put("write_date", moment());
            values.put("write_uid", userId);
            store.put(model.name, before.with(values));
            writeLines(model, id, given);
            model.rule.changed(this, before, row(model.name, id));
        }
    }

    void unlink(Model model, Collection<Long> ids) {
        require(model, "unlink");
        for (var id : ids) {
            var before = row(model.name, id);
            store.remove(model.name, id);
            for (var field : model.fields.values()) {
                if (field.type().equals("one2many") && field.relation() != null && field.inverse() != null) {
                    inverse(field.relation(), field.inverse(), id)
                            .forEach(line -> store.remove(String.valueOf(field.relation()), line.id()));
                }
            }
            model.rule.changed(this, before, null);
        }
    }

    boolean mayAccess(Model model, String operation) {
        return sudo || isInOneOf(operation.equals("read") ? model.readers : model.writers);
    }

    /** Stores values that Odoo itself works out, as its recomputation does: without asking rights. */
    void store(String model, Row row, Map<String, ? extends @Nullable Object> values) {
        store.put(model, row.with(values));
    }

    // ---- values

    private Map<String, @Nullable Object> accepted(Model model, @Nullable Row before, Map<String, Object> given) {
        var values = new TreeMap<String, @Nullable Object>();
        given.forEach((name, value) -> {
            var field = model.fields.get(name);
            if (field == null) {
                throw Errors.misfit("Invalid field '" + name + "' in '" + model.name + "'");
            }
            if (forbidden(model, name)) {
                throw Errors.noAccessToField(model, name);
            }
            if (!field.stored()) {
                return;
            }
            if (field.type().equals("many2many")) {
                values.put(name, linked(before == null ? List.of() : before.refs(name), value));
            } else if (field.perCompany()) {
                var byCompany = new TreeMap<String, Object>();
                if (before != null && before.get(name) instanceof Map<?, ?> existing) {
                    existing.forEach((company, old) -> byCompany.put(String.valueOf(company), old));
                }
                var accepted = storable(model, field, value);
                if (accepted == null) {
                    byCompany.remove(String.valueOf(companyId()));
                } else {
                    byCompany.put(String.valueOf(companyId()), accepted);
                }
                values.put(name, byCompany);
            } else {
                values.put(name, storable(model, field, value));
            }
        });
        return values;
    }

    private static @Nullable Object storable(Model model, Field field, @Nullable Object value) {
        if (value == null || Boolean.FALSE.equals(value)) {
            return null;
        }
        return switch (field.type()) {
            case "boolean" -> Boolean.TRUE.equals(value);
            case "integer", "many2one", "many2one_reference" -> {
                if (value instanceof Number number) {
                    yield number.longValue();
                }
                throw Errors.wrongValue(model.name, field.name(), value);
            }
            case "float", "monetary" -> {
                if (value instanceof Number number) {
                    yield number.doubleValue();
                }
                throw Errors.misfit("could not convert string to float: '" + value + "'");
            }
            case "selection" -> {
                if (field.choices().contains(value.toString())) {
                    yield value.toString();
                }
                throw Errors.wrongValue(model.name, field.name(), value);
            }
            case "date" -> {
                if (DATE_AND_TIME.matcher(value.toString()).matches()) {
                    yield value.toString().substring(0, 10);
                }
                throw Errors.misfit("time data '" + value + "' does not match format '%Y-%m-%d'");
            }
            case "datetime" -> {
                if (DATE_AND_TIME.matcher(value.toString()).matches()) {
                    yield DATE.matcher(value.toString()).matches() ? value + " 00:00:00" : value.toString();
                }
                throw Errors.misfit("time data '" + value + "' does not match format '%Y-%m-%d %H:%M:%S'");
            }
            default -> value.toString().isEmpty() ? null : value.toString();
        };
    }

    private static List<Long> linked(List<Long> before, @Nullable Object commands) {
        var ids = new LinkedHashSet<>(before);
        for (var command : commands instanceof List<?> list ? list : List.of()) {
            if (command instanceof Number id) {
                ids.add(id.longValue());
                continue;
            }
            var parts = (List<?>) command;
            switch (((Number) parts.get(0)).intValue()) {
                case 3 -> ids.remove(((Number) parts.get(1)).longValue());
                case 4 -> ids.add(((Number) parts.get(1)).longValue());
                case 5 -> ids.clear();
                case 6 -> {
                    ids.clear();
                    ids.addAll(Json.ids((Collection<?>) parts.get(2)));
                }
                default -> throw Errors.misfit("Unsupported command " + parts);
            }
        }
        return List.copyOf(ids);
    }

    private void writeLines(Model model, long id, Map<String, Object> given) {
        for (var field : model.fields.values()) {
            if (!field.type().equals("one2many") || !(given.get(field.name()) instanceof List<?> commands)) {
                continue;
            }
            var lines = model(String.valueOf(field.relation()));
            for (var command : commands) {
                var parts = (List<?>) command;
                switch (((Number) parts.get(0)).intValue()) {
                    case 0 -> {
                        var values = new TreeMap<>(Json.map(parts.get(2)));
                        values.put(String.valueOf(field.inverse()), id);
                        create(lines, values);
                    }
                    case 1 -> write(lines, List.of(((Number) parts.get(1)).longValue()), Json.map(parts.get(2)));
                    case 2, 3 -> unlink(lines, List.of(((Number) parts.get(1)).longValue()));
                    default -> throw Errors.misfit("Unsupported command " + parts);
                }
            }
        }
    }

    private Object shown(Field field, @Nullable Object value, boolean plainIds) {
        return switch (field.type()) {
            case "many2one" -> {
                if (!(value instanceof Number id)) {
                    yield false;
                }
                yield plainIds ? id : List.of(id, displayName(String.valueOf(field.relation()), id.longValue()));
            }
            case "one2many", "many2many" -> value == null ? List.of() : value;
            case "integer", "many2one_reference" -> value == null ? 0L : value;
            case "float", "monetary" -> value == null ? 0.0 : value;
            case "datetime" -> value == null ? false : value.toString().substring(0, 19);
            default -> value == null ? false : value;
        };
    }

    private boolean forbidden(Model model, String field) {
        var groups = model.fieldGroups.get(field);
        return groups != null && !sudo && !isInOneOf(groups);
    }

    private void require(Model model, String operation) {
        if (!mayAccess(model, operation)) {
            throw Errors.noAccess(model, operation.equals("read") ? "access" : operation);
        }
    }

    boolean maySee(Model model, Row row) {
        return mayAccess(model, "read") && visible(model, row);
    }

    /** Records of companies that the caller does not work for do not exist for them. */
    private boolean visible(Model model, Row row) {
        return sudo
                || !model.ofOneCompany
                || !row.has("company_id")
                || companyIds().contains(row.ref("company_id"));
    }

    private List<Row> sorted(Model model, Collection<Row> rows, String order) {
        Comparator<Row> comparator = null;
        for (var part : order.split(",")) {
            var words = part.strip().split("\\s+");
            if (!model.fields.containsKey(words[0])) {
                throw Errors.unknownField(model.name, words[0]);
            }
            var descending = words.length > 1 && words[1].equalsIgnoreCase("desc");
            Comparator<Row> next =
                    (left, right) -> Domain.compare(value(model, left, words[0]), value(model, right, words[0]));
            next = descending ? next.reversed() : next;
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        return comparator == null
                ? List.copyOf(rows)
                : rows.stream().sorted(comparator).toList();
    }
}
