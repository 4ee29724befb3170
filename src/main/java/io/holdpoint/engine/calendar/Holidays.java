package io.holdpoint.engine.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Public holidays of a country or a part of one. Bank holidays and days that are only observed are working days: who
 * does not work then has closing days.
 */
final class Holidays implements Predicate<LocalDate> {

    private final HolidayManager country;
    private final String[] part;
    private final Map<Integer, Set<LocalDate>> byYear = new ConcurrentHashMap<>();

    private Holidays(HolidayManager country, String[] part) {
        this.country = country;
        this.part = part;
    }

    /**
     * @param code ISO 3166 in small letters: a country, as de, or a part of it, as de-by or de-by-ag
     * @throws IllegalArgumentException when there is no such calendar
     */
    static Predicate<LocalDate> of(String code) {
        var steps = code.strip().toLowerCase(Locale.ROOT).split("-");
        var codes = HolidayManager.getSupportedCalendarCodes();
        if (codes.stream().noneMatch(known -> known.equalsIgnoreCase(steps[0]))) {
            throw new IllegalArgumentException("the holidays of '" + steps[0] + "' are not known; write a country as"
                    + " ISO 3166 has it, for example de or us");
        }
        var manager = HolidayManager.getInstance(ManagerParameters.create(steps[0]));
        var part = Arrays.copyOfRange(steps, 1, steps.length);
        var here = manager.getCalendarHierarchy();
        for (var step : part) {
            var parts = here.getChildren();
            here = parts.get(step);
            if (here == null) {
                throw new IllegalArgumentException("'" + steps[0] + "' has no part '" + step + "' in '" + code
                        + "'; its parts are " + parts.keySet().stream().sorted().toList());
            }
        }
        return new Holidays(manager, part);
    }

    @Override
    public boolean test(LocalDate day) {
        return byYear.computeIfAbsent(day.getYear(), this::of).contains(day);
    }

    /** A holiday of one year may be made up for in the year before or after it. */
    private Set<LocalDate> of(int year) {
        return IntStream.rangeClosed(year - 1, year + 1)
                .mapToObj(Year::of)
                .flatMap(around -> country.getHolidays(around, HolidayType.PUBLIC_HOLIDAY, part).stream())
                .flatMap(Holidays::days)
                .filter(day -> day.getYear() == year)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<LocalDate> days(Holiday holiday) {
        return Stream.concat(Stream.of(holiday.getActualDate()), holiday.getObservedDate().stream());
    }
}
