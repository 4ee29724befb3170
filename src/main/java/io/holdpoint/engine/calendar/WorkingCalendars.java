package io.holdpoint.engine.calendar;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.DecisionTables.Answer;
import io.holdpoint.engine.DecisionTables.Newest;
import io.holdpoint.engine.Unretryable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calendars as process owners keep them: the table {@code working-time.calendar} says which hours count for a company
 * and a warehouse, {@code working-time.closing} on which days it is closed besides the public holidays.
 */
@Component
class WorkingCalendars implements Calendars {

    private static final String TABLES = "working-time.";
    private static final String CALENDAR = "working-time.calendar";
    private static final String CLOSING = "working-time.closing";
    private static final String COMPANY = "company";
    private static final String WAREHOUSE = "warehouse";
    private static final int MANY = 1_000;

    private final DecisionTables tables;
    /** By the versions of the tables and by what they were asked, which together have one answer for ever. */
    private final Map<List<Object>, WorkingTime> known = new ConcurrentHashMap<>();

    WorkingCalendars(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public WorkingTime of(Map<String, ? extends @Nullable Object> facts) {
        var asked = new HashMap<String, @Nullable Object>();
        asked.put(COMPANY, facts.get(COMPANY));
        asked.put(WAREHOUSE, facts.get(WAREHOUSE));
        var newest = tables.newest(TABLES);
        var key = List.<Object>of(
                newest.definitions(), String.valueOf(asked.get(COMPANY)), String.valueOf(asked.get(WAREHOUSE)));
        var calendar = known.get(key);
        if (calendar == null) {
            calendar = read(newest, asked);
            if (known.size() >= MANY) {
                known.clear();
            }
            known.put(key, calendar);
        }
        return calendar;
    }

    private static WorkingTime read(Newest newest, Map<String, @Nullable Object> asked) {
        var evaluation = newest.evaluate(CALENDAR, asked);
        if (evaluation.answers().isEmpty()) {
            throw new Unretryable("The table " + CALENDAR + " has no row for the company '" + asked.get(COMPANY)
                    + "' and the warehouse '" + asked.get(WAREHOUSE)
                    + "'. Add a last row for everybody, deploy the table, then raise the retries of this step in"
                    + " Cockpit.");
        }
        var row = new Row(CALENDAR, evaluation.answers().get(0));
        var zone = row.read("timeZone", "Europe/Berlin", ZoneId::of);
        var days = row.read("workingDays", "Mon-Fri or Mon, Tue, Sat", WorkingCalendars::days);
        var opens = row.read("opens", "08:00", LocalTime::parse);
        var closes = row.read("closes", "17:00, later than it opens", text -> end(text, opens));
        var holidays = row.read("holidays", "de-by, or \"\" for none", WorkingCalendars::holidays);
        var name = CALENDAR + " v" + evaluation.version() + ", " + row.answer().rule();
        var calendar = new WorkingTime(name, zone, days, opens, closes, holidays.or(closed(newest, asked)));
        row.read(
                "workingDays",
                "at least one day that is no closing day",
                text -> calendar.workingDayAfter(LocalDate.EPOCH));
        return calendar;
    }

    private static Predicate<LocalDate> holidays(String code) {
        return code.isEmpty() ? day -> false : Holidays.of(code);
    }

    private static Predicate<LocalDate> closed(Newest newest, Map<String, @Nullable Object> asked) {
        Predicate<LocalDate> closed = day -> false;
        for (var answer : newest.evaluate(CLOSING, asked).answers()) {
            var days = new Row(CLOSING, answer)
                    .read("closed", "2026-12-24, --12-24 or 2026-12-24/2026-12-31", WorkingCalendars::closing);
            closed = closed.or(days);
        }
        return closed;
    }

    /** Days with commas between them: one day, one of every year, or all from a first to a last one. */
    private static Predicate<LocalDate> closing(String text) {
        Predicate<LocalDate> closed = day -> false;
        for (var part : text.split(",")) {
            closed = closed.or(closingDays(part.strip()));
        }
        return closed;
    }

    private static Predicate<LocalDate> closingDays(String text) {
        if (text.startsWith("--")) {
            var everyYear = MonthDay.parse(text);
            return day -> MonthDay.from(day).equals(everyYear);
        }
        var ends = Stream.of(text.split("/", 2)).map(LocalDate::parse).toList();
        var first = ends.get(0);
        var last = ends.get(ends.size() - 1);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("it ends before it begins");
        }
        return day -> !day.isBefore(first) && !day.isAfter(last);
    }

    /** 24:00 is the end of the day, which a clock calls 00:00. */
    private static LocalTime end(String text, LocalTime opens) {
        var closes = text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        if (!text.equals("24:00") && !opens.isBefore(closes)) {
            throw new IllegalArgumentException("it closes before it opens");
        }
        return closes;
    }

    /** Names of days with commas between them; a hyphen says from and until. */
    private static Set<DayOfWeek> days(String text) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var part : text.split(",")) {
            var ends = Stream.of(part.split("-"))
                    .map(String::strip)
                    .map(WorkingCalendars::day)
                    .toList();
            if (ends.size() > 2) {
                throw new IllegalArgumentException("'" + part.strip() + "' is neither a day nor a range of days");
            }
            var last = ends.get(ends.size() - 1);
            for (var day = ends.get(0); day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(name.toUpperCase(Locale.ROOT)) && name.length() >= 3)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no day of the week"));
    }

    /** What a table answered, read so that what is wrong in it is named. */
    private record Row(String table, Answer answer) {

        /** An empty cell and a column that is not there are the same to the engine; neither says anything. */
        <T> T read(String column, String example, Function<String, T> reader) {
            var value = answer.outputs().get(column);
            if (value == null) {
                throw new Unretryable(where(column) + " is empty." + remedy(example));
            }
            try {
                return reader.apply(value.toString().strip());
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new Unretryable(
                        where(column) + " says '" + value + "' (" + e.getMessage() + ")." + remedy(example), e);
            }
        }

        private String where(String column) {
            return "The column '" + column + "' of the table " + table + ", " + answer.rule() + ",";
        }

        private static String remedy(String example) {
            return " Write " + example + ", deploy the table, then raise the retries of this step in Cockpit.";
        }
    }
}
