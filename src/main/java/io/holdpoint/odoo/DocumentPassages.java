package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of one model at one hold point, read as they are, by what the technical user may read anyway: neither a
 * guard nor anything else that the setup made is asked.
 */
final class DocumentPassages implements Passages {

    private static final int PAGE = 500;

    private static final List<String> FIELDS =
            List.of("company_id", "display_name", "partner_id", "state", "write_date", "write_uid");

    private final Odoo odoo;
    private final String model;
    private final List<? extends List<?>> condition;
    private final List<? extends List<?>> past;
    private final List<String> fields;
    private final Predicate<JsonNode> passed;
    private final Predicate<JsonNode> marked;
    private final Function<List<JsonNode>, Map<Long, DocumentRef>> about;

    private DocumentPassages(
            Odoo odoo,
            String model,
            List<? extends List<?>> condition,
            List<? extends List<?>> past,
            List<String> fields,
            Predicate<JsonNode> passed,
            Predicate<JsonNode> marked,
            Function<List<JsonNode>, Map<Long, DocumentRef>> about) {
        this.odoo = odoo;
        this.model = model;
        this.condition = condition;
        this.past = past;
        this.fields = Stream.concat(FIELDS.stream(), fields.stream()).toList();
        this.passed = passed;
        this.marked = marked;
        this.about = about;
    }

    /**
     * Documents that stand for themselves.
     *
     * @param past the domain of those that may be past the hold point
     * @param passed whether one is
     * @param marked whether Odoo says that it was let pass
     */
    static DocumentPassages of(
            Odoo odoo,
            String model,
            List<? extends List<?>> past,
            List<String> fields,
            Predicate<JsonNode> passed,
            Predicate<JsonNode> marked) {
        return new DocumentPassages(
                odoo,
                model,
                List.of(),
                past,
                fields,
                passed,
                marked,
                records -> records.stream()
                        .map(record -> new DocumentRef(model, record.path("id").asLong()))
                        .collect(Collectors.toMap(DocumentRef::id, Function.identity())));
    }

    /** Transfers by which customers send something back; each is about the delivery that it comes back from. */
    static DocumentPassages ofReturns(
            Odoo odoo, String model, Predicate<JsonNode> passed, Predicate<JsonNode> marked, List<String> fields) {
        return new DocumentPassages(
                odoo,
                model,
                List.of(List.of("return_id", "!=", false)),
                List.of(List.of("state", "=", "done")),
                Stream.concat(Stream.of("return_id"), fields.stream()).toList(),
                passed,
                marked,
                records -> deliveries(odoo, model, records));
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public void writtenSince(Instant from, Consumer<List<Passage>> page) {
        pages(List.of(List.of("write_date", ">=", Values.write(from))), page);
    }

    @Override
    public void past(Consumer<List<Passage>> page) {
        pages(past, page);
    }

    @Override
    public Optional<Passage> of(long id) {
        return passages(odoo.read(model, List.of(id), fields)).stream().findFirst();
    }

    /** By id, so that a document that is written meanwhile moves nothing to another page. */
    private void pages(List<? extends List<?>> which, Consumer<List<Passage>> page) {
        var last = 0L;
        List<JsonNode> records;
        do {
            var domain = new ArrayList<List<?>>(condition);
            domain.addAll(which);
            domain.add(List.of("id", ">", last));
            records = odoo.searchRead(model, domain, fields, "id", PAGE);
            page.accept(passages(records));
            last = records.isEmpty()
                    ? last
                    : records.get(records.size() - 1).path("id").asLong();
        } while (records.size() == PAGE);
    }

    private List<Passage> passages(List<JsonNode> records) {
        var abouts = about.apply(records);
        return records.stream()
                .filter(record -> abouts.containsKey(record.path("id").asLong()))
                .map(record -> passage(
                        record,
                        Objects.requireNonNull(abouts.get(record.path("id").asLong()))))
                .toList();
    }

    private Passage passage(JsonNode record, DocumentRef of) {
        return new Passage(
                new DocumentRef(model, record.path("id").asLong()),
                of,
                Values.requiredText(record, "display_name"),
                Values.requiredText(record, "state"),
                passed.test(record),
                marked.test(record),
                Values.number(record, "amount_total"),
                Values.reference(record, "currency_id"),
                Values.requiredReference(record, "company_id"),
                Values.reference(record, "partner_id"),
                Values.requiredInstant(record, "write_date"),
                Values.reference(record, "write_uid"),
                null);
    }

    /** Without the returns of what came from a vendor. */
    private static Map<Long, DocumentRef> deliveries(Odoo odoo, String model, List<JsonNode> returns) {
        var origins = returns.stream()
                .map(record -> Values.requiredReference(record, "return_id").id())
                .collect(Collectors.toSet());
        Set<Long> outgoing = odoo.read(model, origins, List.of("picking_type_code")).stream()
                .filter(origin -> "outgoing".equals(Values.text(origin, "picking_type_code")))
                .map(origin -> origin.path("id").asLong())
                .collect(Collectors.toSet());
        return returns.stream()
                .filter(record -> outgoing.contains(
                        Values.requiredReference(record, "return_id").id()))
                .collect(Collectors.toMap(
                        record -> record.path("id").asLong(),
                        record -> new DocumentRef(
                                model,
                                Values.requiredReference(record, "return_id").id())));
    }
}
