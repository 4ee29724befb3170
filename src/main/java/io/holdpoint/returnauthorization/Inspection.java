package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.FollowUps.Done;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.NotAccepted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the inspector found, by product and grade. Most of a return is of one grade; what differs is named apart. */
@Component
class Inspection {

    private static final Set<String> GRADES = Set.of("A", "B", "C", "D");
    private static final Set<String> WORN = Set.of("C", "D");
    private static final double NOTHING = 1e-6;

    private final FollowUps followUps;

    Inspection(FollowUps followUps) {
        this.followUps = followUps;
    }

    /**
     * Pieces of one product and one grade.
     *
     * @param found in the inspector's words; empty where nothing had to be said
     */
    record Part(ReturnedGoods.Goods goods, String grade, boolean vendorFault, String found) {

        /** How the record names them, for example {@code [EL-520] Motor, grade D, fault of the vendor}. */
        String name() {
            return goods.product() + ", grade " + grade + (vendorFault ? ", fault of the vendor" : "");
        }

        /** Whether somebody will ask to see it: the customer who gets less, or the vendor who is to pay. */
        boolean needsProof() {
            return vendorFault || WORN.contains(grade);
        }
    }

    /** Who inspected; empty where nothing had to come back. */
    Optional<Done> done(String caseId) {
        return followUps.latest(caseId, ReturnAuthorizationProcess.INSPECT_GOODS);
    }

    /** What was found of what came back; empty where nobody inspected. */
    List<Part> of(String caseId, ReturnedGoods.Came came) {
        return done(caseId).map(done -> parts(done.content(), came)).orElse(List.of());
    }

    /** Of these, what the vendor has to answer for. */
    List<Part> faultsOfVendor(String caseId, ReturnedGoods.Came came) {
        return of(caseId, came).stream().filter(Part::vendorFault).toList();
    }

    /**
     * Reads the form.
     *
     * @return what is kept of it
     * @throws NotAccepted when a grade is unknown, something did not come back, or proof is missing
     */
    Map<String, Object> read(Given given, ReturnedGoods.Came came) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put("grade", given.oneOf("grade", GRADES));
        kept.put("vendorFault", given.flag("vendorFault"));
        kept.put("remark", given.text("remark").orElse(""));
        var others = new ArrayList<Map<String, Object>>();
        given.text("others").stream()
                .flatMap(String::lines)
                .filter(text -> !text.isBlank())
                .forEach(line -> others.add(other(line.strip(), came)));
        kept.put("others", others);
        var photos = came.transfer().map(transfer -> transfer.attachments()).orElse(0);
        kept.put("photos", photos);
        var proof = parts(kept, came).stream().filter(Part::needsProof).toList();
        if (proof.stream().anyMatch(part -> part.found().isEmpty())) {
            throw new NotAccepted("remark: say what you found, the customer and the vendor will ask.");
        }
        if (photos == 0 && !proof.isEmpty()) {
            throw new NotAccepted("grade: attach a photo of "
                    + proof.get(0).goods().product() + " to "
                    + came.transfer().map(transfer -> transfer.name()).orElse("the transfer")
                    + " in Odoo first. Grades C and D and a fault of the vendor have to be shown.");
        }
        return kept;
    }

    private static Map<String, Object> other(String line, ReturnedGoods.Came came) {
        var parts = line.split("\\s*;\\s*");
        if (parts.length < 3) {
            throw new NotAccepted(
                    "others: '" + line + "' is not of the form product; quantity; grade; what you found.");
        }
        var product = ReturnLine.find(came.delivery(), parts[0])
                .map(delivered -> delivered.product().id())
                .filter(id -> came.goods().stream().anyMatch(goods -> goods.productId() == id))
                .orElseThrow(() -> new NotAccepted("others: '" + parts[0] + "' did not come back."));
        if (!GRADES.contains(parts[2])) {
            throw new NotAccepted("others: the grade of " + parts[0] + " is A, B, C or D.");
        }
        return Map.of(
                "product",
                product,
                "quantity",
                ReturnLine.quantity("others", parts[0], parts[1]),
                "grade",
                parts[2],
                "remark",
                parts.length > 3 ? parts[3] : "",
                "vendorFault",
                parts.length > 4 && parts[4].equalsIgnoreCase("vendor"));
    }

    private static List<Part> parts(Map<String, Object> found, ReturnedGoods.Came came) {
        var left = new ArrayList<>(came.goods());
        var parts = new ArrayList<Part>();
        if (found.get("others") instanceof List<?> others) {
            others.forEach(row -> parts.addAll(taken((Map<?, ?>) row, left)));
        }
        left.stream().filter(goods -> goods.quantity() > NOTHING).forEach(goods -> parts.add(part(goods, found)));
        return parts;
    }

    /** Takes the pieces of a line out of what is left. */
    private static List<Part> taken(Map<?, ?> row, List<ReturnedGoods.Goods> left) {
        var product = (long) number(row, "product");
        var rest = number(row, "quantity");
        var parts = new ArrayList<Part>();
        for (var i = 0; i < left.size(); i++) {
            var goods = left.get(i);
            var quantity = goods.productId() == product ? Math.min(rest, goods.quantity()) : 0;
            if (quantity > NOTHING) {
                rest -= quantity;
                left.set(i, goods.of(goods.quantity() - quantity));
                parts.add(part(goods.of(quantity), row));
            }
        }
        if (rest > NOTHING) {
            throw new NotAccepted("others: more is named than came back.");
        }
        return parts;
    }

    private static double number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static Part part(ReturnedGoods.Goods goods, Map<?, ?> found) {
        return new Part(
                goods,
                String.valueOf(found.get("grade")),
                Boolean.TRUE.equals(found.get("vendorFault")),
                String.valueOf(found.get("remark")));
    }
}
