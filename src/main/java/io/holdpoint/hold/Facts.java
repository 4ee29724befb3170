package io.holdpoint.hold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.holdpoint.odoo.DocumentRef;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What policy looks at, as read from Odoo at one moment.
 *
 * @param values by name, the inputs of the decision tables; money is in {@code currency}
 * @param currency code of the company's currency
 * @param party whose matters decide the document, for example {@code res.partner,14}; a decision made for one party
 *     does not hold for another
 * @param barred logins and e-mail addresses of those who may not release this document: who asked, who sells, who made
 *     it
 * @param material the fields of the document that a decision stands on, as Odoo's command compares them
 */
public record Facts(
        Map<String, Fact> values,
        String currency,
        DocumentRef party,
        List<Barred> barred,
        Map<String, Object> material,
        Brief brief) {

    /**
     * A value with its unit, so that people are shown 12,480.50 EUR or 31 days, not bare numbers.
     *
     * @param since the day from which an age counts; null for what does not grow by itself
     */
    public record Fact(Object value, Unit unit, @Nullable LocalDate since) {

        public Fact(Object value, Unit unit) {
            this(value, unit, null);
        }

        /** An amount in the currency of the company, to two decimals. */
        public static Fact money(double amount) {
            return new Fact(Numbers.round(amount), Unit.MONEY);
        }

        /** To two decimals. */
        public static Fact percent(double percent) {
            return new Fact(Numbers.round(percent), Unit.PERCENT);
        }

        public static Fact days(Number days) {
            return new Fact(days, Unit.DAYS);
        }

        /** Days that have passed since a day; there is none where nothing counts. */
        public static Fact age(Number days, @Nullable LocalDate since) {
            return new Fact(days, Unit.DAYS, since);
        }

        public static Fact count(Number count) {
            return new Fact(count, Unit.COUNT);
        }

        /** In the unit of the goods, to two decimals. */
        public static Fact quantity(double quantity) {
            return new Fact(Numbers.round(quantity), Unit.COUNT);
        }

        public static Fact flag(boolean flag) {
            return new Fact(flag, Unit.FLAG);
        }

        /** A code, a name or a reference, as policy compares it. */
        public static Fact text(Object text) {
            return new Fact(text, Unit.TEXT);
        }
    }

    /** @param why in words, for the person who is refused */
    public record Barred(String login, @Nullable String email, String why) {

        /** Whether a user of Holdpoint, by id or e-mail address, is this person. */
        boolean is(String userId, String userEmail) {
            return login.equalsIgnoreCase(userId)
                    || (!userEmail.isBlank()
                            && (userEmail.equalsIgnoreCase(login) || userEmail.equalsIgnoreCase(email)));
        }
    }

    /** How a value is measured. */
    public enum Unit {
        MONEY,
        PERCENT,
        DAYS,
        MONTHS,
        COUNT,
        FLAG,
        TEXT
    }

    /** The values alone, as inputs of a decision table. */
    @JsonIgnore
    public Map<String, Object> inputs() {
        var inputs = new LinkedHashMap<String, Object>();
        values.forEach((name, fact) -> inputs.put(name, fact.value()));
        return inputs;
    }

    /** A number under this fact's name, as text with its unit. */
    String text(String name, double number) {
        var fact = values.get(name);
        return text(fact == null ? Unit.COUNT : fact.unit(), number);
    }

    /** The fact of this name as text; empty when there is none. */
    String text(String name) {
        var fact = values.get(name);
        if (fact == null) {
            return "";
        }
        return fact.value() instanceof Number number ? text(fact.unit(), number.doubleValue()) : plain(fact.value());
    }

    private String text(Unit unit, double number) {
        return switch (unit) {
            case MONEY -> format("#,##0.00", number) + " " + currency;
            case PERCENT -> format("0.##", number) + " %";
            case DAYS -> format("0.##", number) + (number == 1 ? " day" : " days");
            case MONTHS -> format("0.##", number) + (number == 1 ? " month" : " months");
            case COUNT, FLAG, TEXT -> format("0.##", number);
        };
    }

    private static String plain(Object value) {
        return value instanceof Boolean flag ? (flag ? "yes" : "no") : String.valueOf(value);
    }

    static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
