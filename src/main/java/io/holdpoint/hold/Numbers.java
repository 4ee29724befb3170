package io.holdpoint.hold;

import java.util.Locale;

/** Numbers as people read them. What they see is what policy judges: two decimals, no more. */
public final class Numbers {

    private Numbers() {}

    /** To two decimals. */
    public static double round(double number) {
        return Math.round(number * 100) / 100.0;
    }

    /** With two decimals at most, and none where there is nothing after the point: 4, 2.5. */
    public static String number(double number) {
        var rounded = round(number);
        return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
    }

    /** With its currency: 12,480.50 EUR. */
    public static String money(double amount, String currency) {
        return String.format(Locale.ROOT, "%,.2f %s", amount, currency);
    }
}
